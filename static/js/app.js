"use strict";
/* What every page gains with scripts: dialogs, shortcuts, ticking, printing. Everything works without. */
(function () {
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));

  // A question that folds out becomes a native dialog.
  function asDialog(details) {
    const body = details.querySelector(".ask-body");
    const summary = details.querySelector("summary");
    if (!body || typeof HTMLDialogElement === "undefined") return;
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "btn btn-link";
    cancel.textContent = "取消";
    cancel.addEventListener("click", () => dialog.close());
    body.querySelector(".ask-buttons").append(cancel);
    dialog.append(body);
    document.body.append(dialog);
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
      const first = dialog.querySelector("textarea, input:not([type=hidden])");
      if (first) first.focus();
    });
    dialog.addEventListener("close", () => summary.focus());
  }

  // Ticking all rows, and saying how many are ticked.
  function bulk(form) {
    const head = form.querySelector("[data-tick-all]");
    const boxes = () => all("tbody .tick input[type=checkbox]", form);
    if (!head) return;
    head.hidden = false;
    head.addEventListener("change", () => boxes().forEach((box) => { box.checked = head.checked; }));
  }

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }

  function moveTo(step) {
    const rows = all(".table-list tbody tr");
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.classList.contains("here"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
    rows.forEach((row) => row.classList.remove("here"));
    next.classList.add("here");
    next.scrollIntoView({ block: "nearest" });
  }

  function onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      const form = document.querySelector("form[data-form]");
      if (form) { event.preventDefault(); form.requestSubmit ? form.requestSubmit() : form.submit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "/") { const box = document.getElementById("search"); if (box) { event.preventDefault(); box.focus(); } }
    if (event.key === "j") moveTo(1);
    if (event.key === "k") moveTo(-1);
    if (event.key === "Enter") {
      const link = document.querySelector(".table-list tr.here a");
      if (link && event.target === document.body) link.click();
    }
    if (event.key === "?") { const help = document.getElementById("shortcuts"); if (help && help.showModal) help.showModal(); }
  }

  document.addEventListener("DOMContentLoaded", () => {
    all("[data-dialog]").forEach(asDialog);
    all("[data-list]").forEach(bulk);
    all("[data-print]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
    all("[data-close]").forEach((button) => button.addEventListener("click", () => button.closest("dialog").close()));
    const errors = document.querySelector("[data-focus]");
    if (errors) errors.focus();
    document.addEventListener("keydown", onKey);
  });
})();
