/* The only script of the pages. Without it the forms of passkeys stay hidden, and a code by mail is there. */
;(() => {
  const { browserSupportsWebAuthn, startAuthentication, startRegistration } = globalThis.SimpleWebAuthnBrowser
  if (!browserSupportsWebAuthn()) return
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void send(form)
    })
  }

  async function send(form) {
    const { passkey, begin, finish, failed } = form.dataset
    const fields = Object.fromEntries(new FormData(form))
    const says = form.querySelector('[role=status]')
    says.textContent = ''
    try {
      const optionsJSON = await ask(begin, fields)
      const response = await (passkey === 'add' ? startRegistration : startAuthentication)({ optionsJSON })
      const { to } = await ask(finish, { ...fields, response })
      location.assign(to)
    } catch (error) {
      says.textContent = error.sentence ?? failed
    }
  }

  async function ask(path, body) {
    const headers = { 'content-type': 'application/json', accept: 'application/json' }
    const reply = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = await reply.json()
    if (!reply.ok) throw Object.assign(new Error(answer.code), { sentence: answer.title })
    return answer
  }
})()
