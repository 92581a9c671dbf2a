"use strict";
/* A form saves itself: 1.5 seconds after typing stops and every 15 seconds. What the server has not answered for stands in
   this browser too, and is offered again after an expired sign-in, an error or a lost line.
   The server answers 200 {"version", "saved_at"}, 401, 409 or 422 {"message"}; anything else counts as not saved. */
(function () {
  const PAUSE = 1500;
  const EVERY = 15000;
  const PATIENCE = 20000; // ms for one answer
  const LEAVING = 3000; // ms a link waits for the last answer
  const KEPT_DAYS = 7;
  const PREFIX = "sanwei:";
  const OUR_OWN = ["csrfmiddlewaretoken", "_once", "version"];

  /* The copy in this browser. Storage may be full or forbidden; the form works without it. */
  const store = {
    read(key) {
      try { return JSON.parse(localStorage.getItem(key) || "null"); } catch (error) { return null; }
    },
    write(key, value) {
      try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch (error) { return false; }
    },
    forget(key) {
      try { localStorage.removeItem(key); } catch (error) { return false; }
      return true;
    },
    sweep() {
      const old = Date.now() - KEPT_DAYS * 86400000;
      try {
        Object.keys(localStorage).filter((key) => key.indexOf(PREFIX) === 0).forEach((key) => {
          const kept = store.read(key);
          if (!kept || kept.at < old) store.forget(key);
        });
      } catch (error) { return false; }
      return true;
    },
  };

  function clock() { return new Date().toLocaleTimeString("zh-CN", { hour12: false }); }

  function watch(form) {
    const status = form.querySelector("[data-autosave-status]");
    const version = form.querySelector("input[name=version]");
    const key = PREFIX + (form.dataset.autosaveOwner || "") + ":" + form.dataset.autosaveUrl;
    let timer = null, saving = false, stopped = false, last = text();

    function text() {
      const data = new FormData(form);
      OUR_OWN.forEach((name) => data.delete(name));
      const words = new URLSearchParams();
      data.forEach((value, name) => { if (typeof value === "string") words.append(name, value); });
      return words.toString();
    }
    function say(words, problem) {
      if (!status) return;
      status.textContent = words;
      status.classList.toggle("autosave-problem", Boolean(problem));
    }
    function keep(sent) {
      const kept = { at: Date.now(), text: text(), version: version ? version.value : "", sent: Boolean(sent) };
      if (!store.write(key, kept)) say("本机存储已满或被禁用，请及时点“保存”。", true);
    }
    function later() { clearTimeout(timer); timer = setTimeout(save, PAUSE); }

    /* What was typed in the last second before another page is opened goes along; the copy here stays until it is answered. */
    function leave() {
      if (stopped || text() === last) return;
      const data = new FormData(form);
      data.delete("_once");
      fetch(form.dataset.autosaveUrl, {
        method: "POST", body: data, headers: { "X-Autosave": "1" }, credentials: "same-origin", redirect: "manual", keepalive: true,
      }).catch(() => keep());
    }
    /* A link on this page waits for the answer, so that the next page knows what was typed. */
    function follow(event) {
      const link = event.target.closest("a[href]");
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!link || !plain || link.target || link.hash && link.pathname === location.pathname) return;
      if (stopped || event.defaultPrevented || text() === last) return;
      event.preventDefault();
      clearTimeout(timer);
      Promise.race([save(), new Promise((go) => setTimeout(go, LEAVING))]).then(() => { location.href = link.href; });
    }

    function save() {
      const now = text();
      if (saving || stopped || now === last) return saving;
      const data = new FormData(form);
      data.delete("_once");
      const limit = new AbortController();
      const patience = setTimeout(() => limit.abort(), PATIENCE);
      saving = fetch(form.dataset.autosaveUrl, {
        method: "POST", body: data, headers: { "X-Autosave": "1" }, credentials: "same-origin",
        redirect: "manual", signal: limit.signal, // a redirect leads to the sign-in page: nothing was saved
      })
        .then((answer) => answer.json().catch(() => ({})).then((body) => done(answer, body, now)))
        .catch(() => say("网络不通，" + clock() + " 已保存在本机，恢复后自动保存。", true))
        .then(() => { clearTimeout(patience); saving = false; if (!stopped && text() !== last && text() !== now) later(); });
      return saving;
    }
    function done(answer, body, sent) {
      if (answer.status === 200 && body.saved_at) {
        last = sent;
        if (version && body.version !== undefined) version.value = body.version;
        if (text() === sent) store.forget(key); else keep();
        say("已自动保存 " + body.saved_at);
      } else if (answer.status === 401 || answer.type === "opaqueredirect") {
        say(body.message || "登录已过期，内容已保存在本机。请在新窗口重新登录，再刷新本页恢复。", true);
      } else if (answer.status === 409) {
        stopped = true;
        say(body.message || "他人已修改此部分，请点“保存”对照两份内容。", true);
      } else {
        say(body.message || "自动保存没有成功，" + clock() + " 已保存在本机，请点“保存”重试。", true);
      }
    }

    /* What was kept is offered unless the page shows it, or it was handed in and the server has taken it. */
    function offer() {
      const kept = store.read(key);
      if (!kept) return;
      const taken = kept.sent && (!version || kept.version !== version.value);
      if (kept.text === last || taken) { store.forget(key); return; }
      const bar = document.createElement("p");
      bar.className = "notice";
      bar.append("本机保留着 " + new Date(kept.at).toLocaleString("zh-CN", { hour12: false }) + " 未能保存的内容。");
      bar.append(choice("恢复这些内容", () => { restore(kept.text); bar.remove(); keep(); later(); }));
      bar.append(choice("不要了", () => { store.forget(key); bar.remove(); }));
      form.prepend(bar);
    }
    function choice(words, act) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-link";
      button.textContent = words;
      button.addEventListener("click", act);
      return button;
    }
    function restore(saved) {
      const words = new URLSearchParams(saved);
      form.dispatchEvent(new CustomEvent("sanwei:rows", { detail: words })); // js/table-paste.js adds the rows that are missing
      Array.from(form.elements).forEach((field) => {
        if (!field.name || OUR_OWN.indexOf(field.name) >= 0 || /-(TOTAL|INITIAL)_FORMS$/.test(field.name)) return;
        const values = words.getAll(field.name);
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.indexOf(field.value) >= 0;
        else if (field.multiple && field.options) Array.from(field.options).forEach((one) => { one.selected = values.indexOf(one.value) >= 0; });
        else if (values.length && field.type !== "file") field.value = values[0];
      });
    }

    ["input", "change"].forEach((name) => form.addEventListener(name, () => { keep(); later(); }));
    form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); keep(true); });
    window.addEventListener("online", save);
    window.addEventListener("pagehide", leave);
    document.addEventListener("click", follow);
    window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); }); // an old version number
    setInterval(save, EVERY);
    offer();
  }

  document.addEventListener("DOMContentLoaded", () => {
    store.sweep();
    document.querySelectorAll("form[data-autosave-url]").forEach(watch);
  });
})();
