/** Sizes and frames of the Gantt element: what is measured, where the time line lies, what is painted when. */
import { DAY } from "./time.js";

const SPLIT_WIDTH = 7;

export const WithFrames = (Base) =>
  class extends Base {
    /** Pane and canvas after a change of size. */
    measure() {
      if (!this.scroller) return;
      this.rowHeight = matchMedia("(pointer: coarse)").matches ? 40 : 32;
      this.style.setProperty("--gantt-row", `${this.rowHeight}px`);
      this.style.setProperty("--gantt-head", `${this.headHeight}px`);
      this.viewWidth = this.scroller.clientWidth;
      this.viewHeight = this.scroller.clientHeight;
      const widest = Math.max(140, this.viewWidth - 160);
      const wanted = this.prefs.get("paneWidth") ?? this.grid.widthWithin(this.viewWidth * (this.viewWidth < 700 ? 0.5 : 0.48));
      this.paneWidth = Math.round(Math.min(widest, Math.max(120, Math.min(wanted, this.grid.width))));
      this.view.style.width = `${this.viewWidth}px`;
      this.view.style.height = `${this.viewHeight}px`;
      this.view.style.setProperty("--gantt-pane", `${this.paneWidth}px`);
      this.split.setAttribute("aria-valuenow", this.paneWidth);
      this.split.setAttribute("aria-valuemin", 120);
      this.split.setAttribute("aria-valuemax", widest);
      this.canvas.resize(this.viewWidth - this.paneWidth - SPLIT_WIDTH, this.viewHeight);
      this.setRange(false);
      this.refreshGrid();
    }

    /** The time line covers the plan; when its origin moves, the instant at the left edge stays. */
    setRange(anew) {
      const span = this.model.span() ?? [this.model.dataDate ?? 0, (this.model.dataDate ?? 0) + 90 * DAY];
      const { scale } = this;
      const covered = scale.end > DAY && span[0] >= scale.origin + 3 * DAY && span[1] <= scale.end - 7 * DAY && scale.width >= this.canvas.width;
      if (anew || !covered) {
        const left = scale.t(this.scroller.scrollLeft);
        const started = scale.end > DAY;
        scale.setRange(Math.min(span[0], this.model.dataDate ?? span[0]), Math.max(span[1], this.model.dataDate ?? span[1]), this.canvas.width);
        this.fitSizer();
        if (started && !anew) this.scroller.scrollLeft = Math.max(0, scale.x(left));
      }
      this.requestFrame();
    }

    fitSizer() {
      const height = this.headHeight + this.model.outline.rows.length * this.rowHeight + this.rowHeight;
      this.sizer.style.height = `${Math.max(height, this.viewHeight)}px`;
      this.sizer.style.width = `${Math.max(this.viewWidth, (this.paneWidth ?? 0) + SPLIT_WIDTH + this.scale.width)}px`;
    }

    requestFrame() {
      if (this.frame || !this.grid) return;
      this.frame = requestAnimationFrame((now) => {
        this.frame = 0;
        this.renderNow(now);
      });
    }

    renderNow(now = performance.now()) {
      this.viewTop = this.scroller.scrollTop;
      this.viewLeft = this.scroller.scrollLeft;
      const { rows } = this.model.outline;
      const first = Math.max(0, Math.floor(this.viewTop / this.rowHeight));
      const last = Math.min(rows.length, Math.ceil((this.viewTop + this.bodyHeight) / this.rowHeight));
      this.grid.update(first, last, this.viewTop);
      if (this.editor.isOpen && this.grid.cell(this.editor.id, this.editor.key) !== this.editor.field.element.parentElement) this.editor.close(true);
      this.canvas.paint(first, last, now);
      this.loader.look(first, last);
    }

    watchSplit() {
      const move = (width) => {
        this.prefs.set("paneWidth", Math.round(width));
        this.measure();
      };
      this.split.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        this.split.setPointerCapture(event.pointerId);
        const from = this.paneWidth - event.clientX;
        const drag = (one) => move(from + one.clientX);
        this.split.addEventListener("pointermove", drag);
        this.split.addEventListener("lostpointercapture", () => this.split.removeEventListener("pointermove", drag), { once: true });
      });
      this.split.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -24, ArrowRight: 24, Home: -9999, End: 9999 }[event.key];
        if (!step) return;
        event.preventDefault();
        move(this.paneWidth + step);
      });
    }

    get isFull() {
      return this.classList.contains("is-full");
    }

    /**
     * The chart over the whole window, and the window over the whole screen where the browser can. It is the page that fills
     * the screen and not the element alone, so that drawer, dialogs and messages stay in sight.
     */
    fullScreen(full = !this.isFull) {
      this.classList.toggle("is-full", full);
      this.toolbar.refresh();
      if (full) {
        document.documentElement.requestFullscreen?.().catch(() => {});
        this.leave ??= () => document.fullscreenElement || this.fullScreen(false);
        document.addEventListener("fullscreenchange", this.leave);
      } else {
        document.removeEventListener("fullscreenchange", this.leave);
        if (document.fullscreenElement) document.exitFullscreen();
      }
      this.announce(this.t(full ? "full_on" : "full_off"));
      this.grid.element.focus({ preventScroll: true });
    }
  };
