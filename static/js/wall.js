// Shows one area after the other without ever leaving the page: while the portal does not answer, what was
// shown last stays, with a notice, and the next is asked for again. So no error of the browser replaces it.
"use strict";

const style = (page) => page.querySelector("link[rel=stylesheet]").getAttribute("href");

async function next() {
  const { next: address, seconds } = document.body.dataset;
  const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(seconds * 1000) });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.body.dataset.next) {
    throw new Error("not the wall");
  }
  if (style(page) !== style(document)) {
    location.reload(); // a new version of the portal, which has just answered
    return;
  }
  document.title = page.title;
  document.body.replaceWith(page.body);
}

async function turn() {
  try {
    await next();
  } catch {
    document.getElementById("away").hidden = false;
  }
  wait();
}

function wait() {
  setTimeout(turn, document.body.dataset.seconds * 1000);
}

wait();
