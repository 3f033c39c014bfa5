// Before anything is drawn, so that a dark page does not flash white.
(() => {
  try {
    const chosen = localStorage.getItem('troupe.theme');
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  } catch {
    // Without storage the system decides.
  }
})();
