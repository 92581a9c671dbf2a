"use strict";
/* The field page on a bad line. What is typed and photographed stands in this browser (IndexedDB) until the server has it:
   first as the draft of the open form, then, once handed in, in a queue that is sent whenever there is a line.
   Each finding bears a key from the beginning, each photo its own name: what arrives twice is kept once. */
(function () {
  const form = document.querySelector("[data-field-form]");
  if (!form || !window.indexedDB) return; // an ordinary form then

  const AGAIN = 20000; // ms between two attempts
  const PATIENCE = 60000; // ms for one answer: a photo on a bad line takes its time
  const LONGEST_SIDE = 2000; // pixels of a photo that is sent
  const PAUSE = 400; // ms after the last stroke before the draft is kept
  const OUR_OWN = ["csrfmiddlewaretoken", "_once", "photos", "sent_key"];
  const owner = form.dataset.owner, here = location.pathname, draftKey = "draft:" + owner + ":" + here;
  const input = form.querySelector("input[type=file]");
  const queue = document.querySelector("[data-field-queue]");
  const list = queue.querySelector("[data-field-list]");
  const status = queue.querySelector("[data-field-status]");
  const note = form.querySelector("[data-field-note]");
  const shown = form.querySelector("[data-field-photos]");
  let photos = [], key = newKey(), sending = false, timer = null;

  function newKey() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /* The rows of this browser: {key, owner, address, words, photos, state: draft|waiting|faulty|refused, pk, message, at};
     of a refused one the finding is there, and the photos that are left were not taken. */
  const rows = new Promise((done, fail) => {
    const asked = indexedDB.open("sanwei-field", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("rows", { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  function on(mode, act) {
    return rows.then((base) => new Promise((done, fail) => {
      const work = base.transaction("rows", mode), asked = act(work.objectStore("rows"));
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => fail(work.error);
    }));
  }
  const put = (row) => on("readwrite", (store) => store.put(row));
  const drop = (name) => on("readwrite", (store) => store.delete(name));
  const one = (name) => on("readonly", (store) => store.get(name));
  const all = () => on("readonly", (store) => store.getAll())
    .then((found) => found.filter((row) => row.owner === owner && row.state !== "draft").sort((a, b) => a.at - b.at));

  /* The open form. Fields by namedItem(): one is called “item”, which the collection itself has a method for. */
  const field = (name) => form.elements.namedItem(name);
  function words() {
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OUR_OWN.includes(name));
  }
  function fill(pairs) {
    const given = new Map();
    pairs.forEach(([name, value]) => given.set(name, [...(given.get(name) || []), value]));
    [...form.elements].filter((one) => one.name && !OUR_OWN.includes(one.name)).forEach((one) => {
      const values = given.get(one.name) || [];
      if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
      else if (values.length) one.value = values[0];
    });
  }
  function later() {
    clearTimeout(timer);
    timer = setTimeout(keepDraft, PAUSE);
  }
  function keepDraft() {
    clearTimeout(timer);
    const row = { key: draftKey, sent: key, owner, address: here, words: words(), photos: [...photos], state: "draft", at: Date.now() };
    const kept = "已存在本机" + (photos.length ? "，照片 " + photos.length + " 张" : "");
    return put(row).then(() => say(kept)).catch(() => say("本机存储已满，请尽快登记。", true));
  }
  function say(text, problem) {
    note.textContent = text;
    note.classList.toggle("text-late", Boolean(problem));
  }
  function empty() {
    photos = [];
    key = newKey();
    ["item", "facts", "people_count", "handled_on_spot", "requirement", "evidence_numbers", "people"].forEach((name) => {
      if (field(name)) field(name).value = "";
    });
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    field("found_on").value = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
    field("found_time").value = two(now.getHours()) + ":" + two(now.getMinutes());
    drawPhotos();
  }

  /* Photos: made smaller (which takes place and camera out of them), shown with a button to take them out again. */
  async function smaller(file) {
    try {
      const picture = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      return await new Promise((done) => canvas.toBlob((blob) => done(blob || file), "image/jpeg", 0.85));
    } catch (error) {
      return file; // a kind this browser cannot draw: the server says what it thinks of it
    }
  }
  async function take() {
    for (const file of [...input.files]) {
      const blob = await smaller(file);
      const name = blob === file ? file.name : "现场照片" + (photos.length + 1) + "-" + key.slice(0, 6) + ".jpg";
      photos.push({ name, blob });
      drawPhotos();
      await keepDraft(); // at once: taking the next picture may cost this page its life
    }
    input.value = "";
  }
  function drawPhotos() {
    shown.replaceChildren(...photos.map((photo, place) => {
      const line = document.createElement("li");
      const out = button("移除", () => { photos.splice(place, 1); drawPhotos(); keepDraft(); });
      out.setAttribute("aria-label", "移除" + photo.name);
      line.append(photo.name + "（" + Math.ceil(photo.blob.size / 1024) + " KB） ", out);
      return line;
    }));
  }

  /* Handing in: into the queue, which is then sent. */
  async function handIn(event) {
    event.preventDefault();
    const missing = ["unit", "item"].map(field).find((one) => !one.value);
    if (missing) {
      say(missing.name === "unit" ? "请选择单位。" : "请选择问题类别。", true);
      missing.focus();
      return;
    }
    clearTimeout(timer);
    try {
      await put({ key, owner, address: here, words: words(), photos, state: "waiting", pk: 0, message: "", at: Date.now() });
      await drop(draftKey);
    } catch (error) {
      say("本机存储已满，将直接提交。", true);
      form.removeEventListener("submit", handIn);
      form.submit();
      return;
    }
    empty();
    say("已登记，正在发送。");
    await send();
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "linklike";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }
  async function draw() {
    const waiting = await all();
    queue.hidden = !waiting.length;
    list.replaceChildren(...waiting.map((row) => {
      const line = document.createElement("li");
      const at = new Date(row.at).toLocaleTimeString("zh-CN", { hour12: false });
      line.textContent = at + " 登记，照片 " + row.photos.length + " 张" + (row.message ? "：" + row.message : "，等待发送。") + " ";
      if (row.state === "faulty") line.append(button("取回修改", () => takeBack(row)));
      if (row.state === "refused") {
        line.append(button("重新发送照片", () => put({ ...row, state: "waiting", message: "" }).then(send)), " ");
        line.append(button("删除照片", () => drop(row.key).then(draw)));
      }
      return line;
    }));
    return waiting;
  }
  async function takeBack(row) {
    key = row.key;
    photos = row.photos;
    fill(row.words);
    drawPhotos();
    await drop(row.key);
    keepDraft();
    await draw();
    say(row.message, true);
  }

  /* Sending: one at a time, in one window at a time where the browser can keep others out. */
  function ask(url, options) {
    const limit = new AbortController(), patience = setTimeout(() => limit.abort(), PATIENCE);
    return fetch(url, { credentials: "same-origin", redirect: "manual", signal: limit.signal, ...options })
      .finally(() => clearTimeout(patience));
  }
  function post(url, token, body) {
    body.set("csrfmiddlewaretoken", token);
    return ask(url, { method: "POST", body, headers: { "X-Field": "1" } });
  }
  function send() {
    const work = () => (sending ? Promise.resolve() : sendAll());
    return navigator.locks ? navigator.locks.request("sanwei-field", { ifAvailable: true }, (lock) => (lock ? work() : null)) : work();
  }
  async function sendAll() {
    sending = true;
    try {
      const waiting = (await draw()).filter((row) => row.state === "waiting");
      if (!waiting.length) return;
      status.textContent = "正在发送……";
      const answer = await ask(form.dataset.readyUrl);
      if (!answer.ok) { status.textContent = "登录已过期，内容仍在本机。请重新登录后打开本页，自动发送。"; return; }
      const known = await answer.json();
      if (String(known.user) !== owner) { status.textContent = "登录账号已更换，内容仍在本机。请用原账号登录后发送。"; return; }
      status.textContent = "";
      for (const row of waiting) await sendOrKeep(row, known.token);
    } catch (error) {
      status.textContent = "网络不通，内容已存在本机，恢复后自动发送。";
    } finally {
      sending = false;
      await draw();
    }
  }
  /* What the server does not take stays here with its answer, and does not keep others from being sent. */
  async function sendOrKeep(row, token) {
    try {
      await sendOne(row, token);
    } catch (error) {
      if (!error.status) throw error; // no line, or signed out: the others have to wait as well
      await put({ ...row, message: "未被接受（" + error.status + "），稍后自动重试。" });
    }
  }
  async function sendOne(row, token) {
    if (!row.pk) {
      const body = new FormData();
      row.words.forEach(([name, value]) => body.append(name, value));
      body.set("sent_key", row.key);
      const answer = await post(row.address, token, body);
      const said = await answer.json().catch(() => ({}));
      if (answer.status === 422 || answer.status === 409) {
        const errors = Object.values(said.errors || {}).flat().join("");
        await put({ ...row, state: "faulty", message: errors || said.message || "内容未被接受，请取回修改。" });
        return;
      }
      if (!answer.ok || !said.pk) throw notTaken(answer);
      row.pk = said.pk;
      row.number = said.number;
      row.url = said.url;
      await put(row);
    }
    while (row.photos.length) {
      const photo = row.photos[0], body = new FormData();
      body.append("photos", photo.blob, photo.name);
      const answer = await post(form.dataset.photoUrl.replace("/0/", "/" + row.pk + "/"), token, body);
      if (answer.status === 422) {
        const said = await answer.json().catch(() => ({}));
        row.refused = [...(row.refused || []), photo];
        row.message = said.message || photo.name + "未被接受。";
      } else if (!answer.ok) throw notTaken(answer);
      row.photos = row.photos.slice(1);
      await put(row);
    }
    if (row.refused) await put({ ...row, photos: row.refused, refused: undefined, state: "refused" });
    else await drop(row.key);
    saySent(row);
  }
  function notTaken(answer) {
    return Object.assign(new Error("not taken"), { status: answer.type === "opaqueredirect" ? 0 : answer.status });
  }
  function saySent(row) {
    const link = document.createElement("a");
    link.href = row.url;
    link.textContent = row.number;
    note.classList.remove("text-late");
    note.replaceChildren("已发送：", link);
  }

  /* The page itself is kept for the next time there is no line. */
  function keepPage() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.addEventListener("message", (event) => {
      if (event.data.kept) document.querySelector("[data-field-offline]").hidden = false;
    });
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((part) => part.href || part.src);
    navigator.serviceWorker.register(form.dataset.workerUrl)
      .then(() => navigator.serviceWorker.ready)
      .then((ready) => ready.active.postMessage({ keep: [location.href, ...parts] }))
      .catch(() => say("此浏览器不能离线打开本页，请保持本页不关闭。"));
  }

  one(draftKey).then((row) => {
    if (!row) return;
    key = row.sent;
    photos = row.photos;
    fill(row.words);
    drawPhotos();
    say("已恢复本机未登记的内容。");
  }).catch(() => say("此浏览器禁止本机存储，请在有网络时登记。", true));

  form.addEventListener("input", (event) => { if (event.target !== input) later(); });
  input.addEventListener("change", take);
  form.addEventListener("submit", handIn);
  queue.querySelector("[data-field-send]").addEventListener("click", send);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(send, AGAIN);
  keepPage();
  send();
})();
