/* Passkeys: forms marked data-passkey="sign-in | add | confirm" ask the browser before they are sent.
   Without JavaScript their buttons stay hidden, and the code by mail or the authenticator app remain. */

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const named = (list) => (list || []).map((one) => ({ ...one, id: decode(one.id) }));

const plain = (credential) => {
  const { response } = credential;
  const said = { clientDataJSON: encode(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) said[part] = encode(response[part]);
  }
  if (response.getTransports) said.transports = response.getTransports();
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: said,
  };
};

const create = async ({ publicKey }, form) => {
  const selection = { ...publicKey.authenticatorSelection };
  if (form.elements.passwordless?.checked) {
    Object.assign(selection, { residentKey: "required", requireResidentKey: true, userVerification: "required" });
  }
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: selection,
      challenge: decode(publicKey.challenge),
      user: { ...publicKey.user, id: decode(publicKey.user.id) },
      excludeCredentials: named(publicKey.excludeCredentials),
    },
  });
};

const get = ({ publicKey }) =>
  navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: decode(publicKey.challenge),
      allowCredentials: named(publicKey.allowCredentials),
    },
  });

const offered = () => JSON.parse(document.getElementById("passkey-options").textContent);

const fetched = async (address) => {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const ways = {
  "sign-in": async (form) => get((await fetched(form.action)).request_options),
  confirm: async () => get(offered().request_options),
  add: async (form) => create(offered().creation_options, form),
};

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  const problem = form.querySelector("[data-passkey-problem]");
  form.querySelector("[data-passkey-button]").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(plain(await ways[form.dataset.passkey](form)));
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
}
