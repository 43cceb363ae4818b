/* Runs before the first paint, as a classic script: puts the chosen theme and the state of the rail on <html>.
   Signed in, the server has put the account's theme there, and the browser remembers it for its signed-out pages. */
(function () {
  "use strict";
  var root = document.documentElement;
  try {
    var account = root.dataset.accountTheme;
    var theme = localStorage.getItem("tpm:theme");
    if (account === "auto") localStorage.removeItem("tpm:theme");
    else if (account) localStorage.setItem("tpm:theme", account);
    else if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("tpm:rail") === "folded") root.dataset.rail = "folded";
  } catch (error) {
    /* storage may be refused: the defaults are fine */
  }
})();
