// The camera reads codes by the browser itself where it can, else by a decoder that comes with the page.
const AGAIN = 4000;
const WIDEST = 640;

// What a picture says: "" when there is no code in it.
export async function reader() {
  const kinds = (await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (kinds.includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (picture) => (await detector.detect(picture).catch(() => []))[0]?.rawValue ?? "";
  }
  await import("./vendor/jsQR.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (picture) => {
    const [wide, high] = [picture.videoWidth || picture.width, picture.videoHeight || picture.height];
    if (!wide || !high) return "";
    const scale = Math.min(1, WIDEST / wide);
    Object.assign(canvas, { width: Math.round(wide * scale), height: Math.round(high * scale) });
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return globalThis.jsQR(data, canvas.width, canvas.height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
}

export async function offerCamera(button, picture, scanned) {
  if (!navigator.mediaDevices?.getUserMedia) return;
  const read = await reader();
  let stream = null;
  let before = { text: "", at: 0 };

  const look = async () => {
    if (!stream) return;
    const text = await read(picture);
    const now = Date.now();
    if (text && (text !== before.text || now - before.at > AGAIN)) {
      before = { text, at: now };
      await scanned(text);
    }
    setTimeout(look, 150);
  };

  button.hidden = false;
  button.addEventListener("click", async () => {
    if (stream) {
      stream.getTracks().forEach((track) => track.stop());
      stream = null;
    } else {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
      picture.srcObject = stream;
      if (stream) await picture.play();
    }
    picture.hidden = !stream;
    button.setAttribute("aria-pressed", String(Boolean(stream)));
    look();
  });
}
