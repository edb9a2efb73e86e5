// A picture with more bytes than can be taken is named as soon as it is chosen, before it is sent.

const chosen = document.getElementById("picture");
const line = document.getElementById("picture-size");

chosen.addEventListener("change", () => {
  const isTooHeavy = chosen.files[0]?.size > Number(line.dataset.most);
  line.textContent = isTooHeavy ? line.dataset.words : "";
});
