// 朗读: adds its button only where the browser can read aloud; without it nothing is lost.
"use strict";
(() => {
  const main = document.querySelector("main");
  const tools = document.querySelector(".elder-tools");
  if (!main || !tools || !("speechSynthesis" in window)) return;
  const [start, stop] = ["朗读这一页", "停止朗读"];
  const button = document.createElement("button");
  button.type = "button";
  button.className = "aloud no-print";
  button.textContent = start;
  const rest = () => {
    speechSynthesis.cancel();
    button.textContent = start;
  };
  // Sentence by sentence: browsers fall silent in the middle of a long text.
  const sentences = () => main.innerText.match(/[^。！？；\n]+[。！？；]?/g) || [];
  button.addEventListener("click", () => {
    if (button.textContent === stop) return rest();
    speechSynthesis.cancel();
    button.textContent = stop;
    const said = sentences().map((text) => {
      const one = new SpeechSynthesisUtterance(text);
      [one.lang, one.rate] = ["zh-CN", 0.85];
      return one;
    });
    if (said.length) said[said.length - 1].addEventListener("end", rest);
    said.forEach((one) => speechSynthesis.speak(one));
  });
  window.addEventListener("pagehide", rest);
  tools.append(button);
})();
