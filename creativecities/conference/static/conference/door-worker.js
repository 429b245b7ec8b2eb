// Lets the page of a door open without network. It keeps that page and its files, named in SHELL, and nothing else.
const { door, page, files, version } = self.SHELL;
const NAME = `door-${door}-${version}`;

self.addEventListener("install", (event) => {
  const fresh = files.map((file) => new Request(file, { cache: "reload", credentials: "omit" }));
  event.waitUntil(caches.open(NAME).then((shelf) => shelf.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(`door-${door}-`) && name !== NAME;
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  const isPage = event.request.mode === "navigate" && pathname === page;
  if (event.request.method !== "GET" || origin !== self.location.origin || !(isPage || files.includes(pathname))) return;
  event.respondWith(
    caches.open(NAME)
      .then((shelf) => shelf.match(isPage ? page : pathname))
      .then((kept) => kept ?? fetch(event.request)),
  );
});
