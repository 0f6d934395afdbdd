// Forms that carry the word of a draft: what is typed is kept. Without it the buttons do the same.
"use strict";
document.querySelectorAll("input[name=draft]").forEach(({ form }) => {
  const WAIT = 8000; // milliseconds after the last change
  const said = form.querySelector("[data-kept]");
  const address = form.getAttribute("action") || location.href;
  let [timer, sending] = [0, null];
  const typed = () => {
    const data = new FormData(form);
    // Files go with a button: sent again and again they would be slow.
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const say = (status) => {
    if (!said) return;
    const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    if (status === 204) said.textContent = `草稿已自动保存 ${now}`;
    else if (status === 401) said.textContent = "登录已过期；填写的内容已存为草稿，按保存后重新登录即可。";
  };
  const keep = async () => {
    const data = typed();
    data.set("keep", "script");
    sending = new AbortController();
    try {
      const answer = await fetch(address, { method: "POST", body: data, signal: sending.signal });
      say(answer.status);
    } catch {
      // The network is away: the next change tries again.
    }
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    timer = 0; // what was sent is kept with it, so that nothing is left to keep when the page goes
    sending?.abort();
  });
  // The button 查找 is pressed for whoever types, and only what was found is put in.
  const find = async (chooser) => {
    const data = typed();
    data.set("find", chooser.dataset.chooser);
    try {
      const answer = await fetch(address, { method: "POST", body: data });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector(`[data-chooser="${chooser.dataset.chooser}"] [data-results]`);
      if (found) chooser.querySelector("[data-results]").replaceWith(found);
    } catch {
      // The button is still there.
    }
  };
  form.querySelectorAll("[data-chooser]").forEach((chooser) => {
    let waiting = 0;
    const box = chooser.querySelector("input[type=search]");
    const soon = (wait) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => find(chooser), wait);
    };
    box.addEventListener("input", () => soon(300));
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      soon(0);
    });
    chooser.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      soon(0);
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || !timer) return;
    clearTimeout(timer);
    timer = 0;
    const data = typed();
    data.set("keep", "script");
    navigator.sendBeacon(address, data);
  });
});
