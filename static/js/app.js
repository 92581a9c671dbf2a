"use strict";
/* What every page gains with scripts: dialogs, shortcuts, ticking, progress, printing. Everything works without. */
(function () {
  const SLOW = 300; // ms after which a wait is shown
  const AGAIN = 10000; // ms after which a form that did not leave the page may be sent again
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const dialogs = typeof HTMLDialogElement !== "undefined";

  function make(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  }
  function say(text) {
    const place = document.getElementById("messages");
    if (!place) return;
    const message = make("p", "message message-error", text);
    message.setAttribute("role", "alert");
    place.replaceChildren ? place.replaceChildren(message) : (place.textContent = text);
    place.scrollIntoView({ block: "nearest" });
  }

  /* Dialogs: a question that folds out becomes one; [data-confirm] asks before it acts. */
  function asDialog(details) {
    const body = details.querySelector(".ask-body");
    const summary = details.querySelector("summary");
    if (!body || !dialogs) return;
    const dialog = make("dialog", "dialog");
    dialog.setAttribute("aria-label", summary.textContent.trim());
    const cancel = make("button", "btn btn-link", "取消");
    cancel.type = "button";
    cancel.addEventListener("click", () => dialog.close());
    body.querySelector(".ask-buttons").append(cancel);
    dialog.append(body);
    details.after(dialog);
    if (details.open) { details.open = false; dialog.showModal(); } // opened on a slow line before this script came
    summary.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
      const first = dialog.querySelector("textarea, input:not([type=hidden])");
      if (first) first.focus();
    });
    dialog.addEventListener("close", () => summary.focus());
  }
  function confirmFirst(event) {
    const button = event.submitter;
    const words = (button && button.dataset.confirm) || event.target.dataset.confirm;
    if (!words || !dialogs || event.target.dataset.confirmed) return;
    event.preventDefault();
    const dialog = make("dialog", "dialog");
    const yes = make("button", "btn btn-primary", button ? button.textContent.trim() : "确定");
    const no = make("button", "btn btn-link", "取消");
    const buttons = make("p", "ask-buttons");
    buttons.append(yes, no);
    dialog.append(make("p", "", words), buttons);
    document.body.append(dialog);
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => {
      event.target.dataset.confirmed = "1";
      dialog.close();
      event.target.requestSubmit(button);
      delete event.target.dataset.confirmed;
    });
    dialog.addEventListener("close", () => { dialog.remove(); if (button) button.focus(); });
    dialog.showModal();
  }

  /* Sending: once, and after 300 ms the button says that something is under way. */
  function onSubmit(event) {
    const form = event.target;
    confirmFirst(event);
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("button:not([type=button])");
    const timer = setTimeout(() => { if (button) button.classList.add("slow"); }, SLOW);
    setTimeout(() => sendable(form, timer), AGAIN);
  }
  function sendable(form, timer) {
    clearTimeout(timer);
    delete form.dataset.sent;
    all(".slow", form).forEach((button) => button.classList.remove("slow"));
  }

  /* Lists: ticking all rows, and saying how many are ticked. */
  function list(form) {
    const head = form.querySelector("[data-tick-all]");
    if (!head) return;
    const boxes = () => all("tbody .tick input[type=checkbox]", form);
    const count = make("span", "muted");
    count.setAttribute("role", "status");
    form.querySelector("[data-bulk]").append(count);
    const tell = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      count.textContent = ticked ? "已选 " + ticked + " 项" : "";
      head.checked = ticked > 0 && ticked === boxes().length;
      head.indeterminate = ticked > 0 && !head.checked;
    };
    head.hidden = false;
    head.addEventListener("change", () => { boxes().forEach((box) => { box.checked = head.checked; }); tell(); });
    form.addEventListener("change", (event) => { if (event.target !== head) tell(); });
    tell();
  }

  /* Keyboard */
  function moveTo(step) {
    const rows = all(".table-list tbody tr");
    if (!rows.length) return;
    const here = rows.findIndex((row) => row.classList.contains("here"));
    const next = rows[Math.min(rows.length - 1, Math.max(0, here + step))];
    rows.forEach((row) => row.classList.toggle("here", row === next));
    const link = next.querySelector("a");
    if (link) link.focus({ preventScroll: true }); // so that Enter opens it and it is read out
    next.scrollIntoView({ block: "nearest" });
  }
  function tick() {
    const box = document.querySelector(".table-list tr.here .tick input");
    if (box) box.click();
  }
  function search() {
    const box = document.getElementById("search");
    if (box) { box.focus(); box.select(); }
  }
  function help() {
    const shortcuts = document.getElementById("shortcuts");
    if (shortcuts && dialogs && !shortcuts.open) shortcuts.showModal();
  }
  const KEYS = { "/": search, "?": help, "？": help, j: () => moveTo(1), k: () => moveTo(-1), x: tick };

  function onKey(event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      const form = document.querySelector("form[data-form]");
      if (form) { event.preventDefault(); form.requestSubmit(form.querySelector("[data-save]") || undefined); }
      return;
    }
    if (event.key === "Escape") all(".bar details[open]").forEach((menu) => { menu.open = false; menu.firstElementChild.focus(); });
    const writing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || writing || document.querySelector("dialog[open]")) return;
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  }

  /* htmx: waits are shown in place, failures are said, an expired sign-in is not swapped into the page. */
  function watchHtmx() {
    const timers = new WeakMap();
    const wait = (event) => event.detail.elt;
    document.body.addEventListener("htmx:beforeRequest", (event) => {
      timers.set(wait(event), setTimeout(() => wait(event).classList.add("slow"), SLOW));
    });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      clearTimeout(timers.get(wait(event)));
      wait(event).classList.remove("slow");
    });
    document.body.addEventListener("htmx:beforeSwap", (event) => {
      const door = document.body.dataset.signIn;
      const answer = event.detail.xhr;
      if (answer.status === 401 || (door && answer.responseURL.indexOf(door) >= 0)) {
        event.detail.shouldSwap = false;
        say("登录已过期，请在新窗口重新登录后再办理，本页内容不会丢失。");
      } else if (answer.status >= 500) {
        say("系统出错，本次操作没有完成。请求编号：" + (answer.getResponseHeader("X-Request-ID") || "无"));
      }
    });
    document.body.addEventListener("htmx:sendError", () => say("网络不通，本次操作没有发出。请检查网络后重新办理。"));
    document.body.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) setUp(event.detail.elt); });
  }

  /* The field page that was kept on this phone names units: it goes with whoever goes. What is still to be sent stays. */
  function forgetField() {
    if (window.caches) caches.delete("sanwei-field");
  }

  function setUp(root) {
    all("[data-dialog]", root).forEach(asDialog);
    all("[data-list]", root).forEach(list);
    all("[data-print]", root).forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
    const errors = root.querySelector("[data-focus]");
    if (errors) errors.focus();
  }

  document.addEventListener("DOMContentLoaded", () => {
    setUp(document);
    watchHtmx();
    document.addEventListener("keydown", onKey);
    document.addEventListener("submit", onSubmit);
    all("form[action$='/sign_out/']").forEach((form) => form.addEventListener("submit", forgetField));
    if (location.pathname.indexOf("/sign_in/") > 0) forgetField();
    document.addEventListener("click", (event) => all(".bar details[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => sendable(form)));
})();
