"use strict";
/* A form saves itself: 1.5 seconds after typing stops and every 15 seconds. What the server has not answered for is kept
   in this browser, and offered again after an expired sign-in, an error or a lost line. */
(function () {
  const PAUSE = 1500;
  const EVERY = 15000;

  function watch(form) {
    const status = form.querySelector("[data-autosave-status]");
    const version = form.querySelector("input[name=version]");
    const key = "sanwei:" + form.dataset.autosaveUrl;
    let timer = null, saving = false, dirty = false, stopped = false, last = text();

    function fields() {
      const data = new FormData(form);
      data.delete("csrfmiddlewaretoken");
      data.delete("_once");
      data.delete("version");
      return data;
    }
    function text() { return new URLSearchParams(fields()).toString(); }
    function say(words, problem) {
      if (!status) return;
      status.textContent = words;
      status.classList.toggle("autosave-problem", Boolean(problem));
    }
    function keep() {
      try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), text: text() })); } catch (error) { say("本机存储已满，请及时保存。", true); }
    }
    function forget() { try { localStorage.removeItem(key); } catch (error) { return; } }

    function save() {
      const now = text();
      if (saving || stopped || now === last) return;
      saving = true;
      const data = new FormData(form);
      data.delete("_once");
      fetch(form.dataset.autosaveUrl, { method: "POST", body: data, headers: { "X-Autosave": "1" }, credentials: "same-origin" })
        .then((answer) => answer.json().catch(() => ({})).then((body) => done(answer.status, body, now)))
        .catch(() => say("网络不通，内容已保存在本机，恢复后自动保存。", true))
        .then(() => { saving = false; if (!stopped && text() !== last && text() !== now) later(); });
    }
    function done(code, body, sent) {
      if (code === 200) {
        last = sent;
        dirty = text() !== sent;
        if (version && body.version !== undefined) version.value = body.version;
        if (!dirty) forget();
        say("已自动保存 " + body.saved_at);
      } else if (code === 401) {
        say(body.message || "登录已过期，内容已保存在本机，请重新登录。", true);
      } else if (code === 409) {
        stopped = true;
        say(body.message || "他人已修改此部分，请点“保存”对照两份内容。", true);
      } else {
        say(body.message || "自动保存没有成功，内容已保存在本机，请点“保存”重试。", true);
      }
    }
    function later() { clearTimeout(timer); timer = setTimeout(save, PAUSE); }

    function offer() {
      let kept = null;
      try { kept = JSON.parse(localStorage.getItem(key) || "null"); } catch (error) { forget(); }
      if (!kept || kept.text === last) { forget(); return; }
      const bar = document.createElement("p");
      bar.className = "notice";
      bar.append("本机保留着 " + new Date(kept.at).toLocaleString("zh-CN") + " 未能保存的内容。 ");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "linklike";
      button.textContent = "恢复这些内容";
      button.addEventListener("click", () => { restore(kept.text); bar.remove(); later(); });
      bar.append(button);
      form.prepend(bar);
    }
    function restore(saved) {
      new URLSearchParams(saved).forEach((value, name) => {
        const field = form.elements.namedItem(name);
        if (field && "value" in field && field.type !== "checkbox") field.value = value;
      });
    }

    form.addEventListener("input", () => { dirty = true; keep(); later(); });
    form.addEventListener("change", () => { dirty = true; keep(); later(); });
    form.addEventListener("submit", () => { stopped = true; keep(); });
    window.addEventListener("online", save);
    setInterval(save, EVERY);
    offer();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-autosave-url]").forEach(watch);
  });
})();
