// One press, and this device says when something is new. The browser asks once whether it may.

const button = document.getElementById("tell-device");

const tell = async () => {
  const { key, tell: address, token } = button.dataset;
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const body = JSON.stringify(subscription);
  const answer = await fetch(address, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(answer.status);
};

if (button && navigator.serviceWorker && "PushManager" in window) {
  button.closest("section").hidden = false;
  button.addEventListener("click", async () => {
    try {
      await tell();
      location.reload(); // the page says so
    } catch {
      document.getElementById("device-said").textContent = button.dataset.keptOff;
    }
  });
}
