/** The entry point of every page: starts the libraries, defines the elements. */

import { start as actions } from "./lib/actions.js";
import { start as cells } from "./lib/cells.js";
import { start as changes } from "./lib/changes.js";
import { start as conflicts } from "./lib/conflicts.js";
import { start as live } from "./lib/live.js";
import { start as requests } from "./lib/requests.js";
import { start as shortcuts } from "./lib/shortcuts.js";
import { start as tables } from "./lib/tables.js";
import { start as talk } from "./lib/talk.js";
import { start as tips } from "./lib/tips.js";
import "./elements/bulk-edit.js";
import "./elements/card-board.js";
import "./elements/command-palette.js";
import "./elements/comment-composer.js";
import "./elements/drop-menu.js";
import "./elements/live-indicator.js";
import "./elements/notification-bell.js";
import "./elements/revision-badge.js";
import "./elements/saved-views.js";
import "./elements/side-drawer.js";
import "./elements/toast-region.js";

requests();
conflicts();
actions();
cells();
changes();
shortcuts();
tables();
tips();
talk();
live();
