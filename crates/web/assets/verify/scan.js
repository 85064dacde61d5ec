// Reads the QR code of a photograph or of the camera. The reader is fetched when it is first asked
// for, and what it reads stays in the browser: only the text of the code is looked up.

/** The longest side of a picture that is looked at, in pixels. */
const MAX_SIDE = 2000;
/** How long the camera is looked through before it is given up, in milliseconds. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 200;

let reader;

/** The text of the code in a picture file, or undefined. Throws where it is no picture. */
export async function readPhoto(file) {
  const picture = await createImageBitmap(file);
  return readPicture(picture, picture.width, picture.height);
}

/** The text of the first code that the camera sees; undefined if it saw none. */
export async function readCamera(video, isWanted) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment" },
  });
  try {
    video.srcObject = stream;
    await video.play();
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end && isWanted();) {
      const text = await readPicture(video, video.videoWidth, video.videoHeight);
      if (text !== undefined) {
        return text;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return undefined;
  } finally {
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}

async function readPicture(picture, width, height) {
  if (width === 0 || height === 0) {
    return undefined;
  }
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  reader ??= load();
  const { readBarcodes } = await reader;
  const [found] = await readBarcodes(pixels, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
  return found?.text;
}

async function load() {
  const module = await import("../vendor/zxing/reader/index.js");
  const file = new URL("../vendor/zxing/zxing_reader.wasm", import.meta.url).href;
  module.prepareZXingModule({ overrides: { locateFile: () => file } });
  return module;
}
