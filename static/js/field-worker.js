"use strict";
/* Keeps the field page and what it needs, so that it opens where there is no line. Pages come from the line first and from
   here when it fails; styles and scripts bear their content in their names and come from here first. Nothing else is kept,
   and what is kept goes when somebody signs out or the server no longer knows him. */
const KEPT = "sanwei-field";
const PATIENCE = 6000; // ms a page may take before the one that was kept is shown

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const wanted = (event.data && event.data.keep) || [];
  event.waitUntil(caches.open(KEPT)
    .then((cache) => Promise.all(wanted.map((url) => keep(cache, url))))
    .then((kept) => event.source.postMessage({ kept: kept.every(Boolean) })));
});

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.indexOf("/static/") === 0) event.respondWith(part(request));
});

function keep(cache, url) {
  return fetch(url, { credentials: "same-origin" }).then((answer) => {
    return answer.ok && !answer.redirected && cache.put(url, answer).then(() => true);
  }).catch(() => false);
}

async function page(request) {
  const cache = await caches.open(KEPT);
  const limit = new AbortController();
  const patience = setTimeout(() => limit.abort(), PATIENCE);
  try {
    const answer = await fetch(request, { signal: limit.signal });
    if (answer.ok && !answer.redirected) await cache.put(request.url, answer.clone());
    else if (answer.type === "opaqueredirect" || answer.redirected || answer.status === 403) await caches.delete(KEPT);
    return answer;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

async function part(request) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
