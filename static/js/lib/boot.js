/* Runs before the first paint, as a classic script: puts the chosen theme and the state of the rail on <html>. */
(function () {
  "use strict";
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem("tpm:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("tpm:rail") === "folded") root.dataset.rail = "folded";
  } catch (error) {
    /* storage may be refused: the defaults are fine */
  }
})();
