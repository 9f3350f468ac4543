// Asks the browser for a passkey, or to make one, and sends what it says with the form that asked. Nothing else.
(() => {
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;

  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), character => character.charCodeAt(0));
  const text = buffer => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const options = JSON.parse(form.dataset.options);
  const listed = credential => ({ ...credential, id: bytes(credential.id) });
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.allowCredentials) options.allowCredentials = options.allowCredentials.map(listed);
  if (options.excludeCredentials) options.excludeCredentials = options.excludeCredentials.map(listed);

  const send = credential => {
    const answer = credential.response;
    form.elements.credential.value = JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: {
        clientDataJSON: text(answer.clientDataJSON),
        attestationObject: text(answer.attestationObject),
        transports: answer.getTransports?.(),
        authenticatorData: text(answer.authenticatorData),
        signature: text(answer.signature),
        userHandle: text(answer.userHandle),
      },
    });
    const remember = document.querySelector("input[type=checkbox][name=remember]");
    if (remember && form.elements.remember) form.elements.remember.value = remember.checked;
    // The browser takes the fragment of the page asked for along over the redirects that follow.
    form.action = form.getAttribute("action") + location.hash;
    form.requestSubmit();
  };

  const failed = form.querySelector("[data-failed]");
  const button = form.querySelector("button");
  const creates = form.dataset.passkey === "create";
  let waiting = new AbortController();

  const ask = async more => {
    const request = { publicKey: options, signal: waiting.signal, ...more };
    const credential = await (creates ? navigator.credentials.create(request) : navigator.credentials.get(request));
    if (credential) send(credential);
  };

  form.addEventListener("submit", event => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    waiting.abort();
    waiting = new AbortController();
    failed.hidden = true;
    ask({}).catch(() => { failed.hidden = false; });
  });
  form.hidden = false;
  button.disabled = false;

  if (form.dataset.conditional !== undefined)
    PublicKeyCredential.isConditionalMediationAvailable?.().then(available => available && ask({ mediation: "conditional" }).catch(() => {}));
})();
