// Works when there is no line: the offline page, “Get help now” and the card for hard days are kept on
// the device, as anybody sees them, with the files they are made of. Nothing else is: no page that a person was
// signed in to, and none of anybody's words. And it says when there is something new.
//
// The server puts `kept` before this: {edition, page, help, card, files, unsent, news}.

const SHELF = `kept-${kept.edition}`;

// Asked for without cookies, so that they are nobody's own.
const anonymous = (path) => new Request(path, { credentials: "omit" });

addEventListener("install", (event) => {
  const fill = async () => {
    const shelf = await caches.open(SHELF);
    await shelf.addAll([kept.page, kept.help, kept.card, ...kept.files].map(anonymous));
    await skipWaiting(); // it holds nothing that an open page relies on
  };
  event.waitUntil(fill());
});

addEventListener("activate", (event) => {
  const clear = async () => {
    const others = (await caches.keys()).filter((name) => name !== SHELF);
    await Promise.all(others.map((name) => caches.delete(name)));
  };
  event.waitUntil(clear());
});

// A page that is asked for comes from the site. Only when the site can't be reached it comes from
// here.
const open = async (request) => {
  try {
    return await fetch(request);
  } catch {
    if (request.method !== "GET") return stay();
    const { pathname } = new URL(request.url);
    return fromShelf([kept.help, kept.card].includes(pathname) ? pathname : kept.page);
  }
};

// What was sent didn't arrive. No content: the browser stays on the page, where the words are.
const stay = async () => {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const each of windows) each.postMessage({ unsent: kept.unsent });
  return new Response(null, { status: 204 });
};

const fromShelf = async (path) =>
  (await caches.match(path, { ignoreVary: true })) ?? Response.error();

const bring = async (request, path) => {
  try {
    return await fetch(request);
  } catch {
    return fromShelf(path);
  }
};

// A push says only that there is something new, whatever came with it.
addEventListener("push", (event) => {
  const { title, body, icon } = kept.news;
  event.waitUntil(registration.showNotification(title, { body, icon, tag: "new" }));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(kept.news.place));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(open(request));
  else if (origin === location.origin && kept.files.includes(pathname)) {
    event.respondWith(bring(request, pathname));
  }
});
