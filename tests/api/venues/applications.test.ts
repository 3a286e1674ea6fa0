import { foundScheme } from '@carnet/api/demo/found-scheme.ts'
import { createContext } from '@carnet/api/shared/context.ts'
import { forgetOldApplications } from '@carnet/api/venues/forget-old-applications.ts'
import { describe, expect, test, vi } from 'vitest'
import { createTestApp } from '../../helpers/app.ts'
import { givenMember } from '../../helpers/members.ts'
import { pageReader } from '../../helpers/pages.ts'

const { app, db, sql, keyring, clock } = await createTestApp()
const operator = createContext({ db, keyring, now: () => clock.now, actor: { kind: 'operator' } })
await foundScheme(operator)
const coordinator = await givenMember(sql, 'coordinator')
const approver = await givenMember(sql, 'finance_approver')
const [{ siret: takenSiret, id: takenId } = { siret: '', id: '' }] =
  await sql`select id, siret from organisations where siret is not null limit 1`
const { read, send: sendAs } = pageReader(app)
const send = (path: string, as: { headers: Record<string, string> }, form: Record<string, string> = {}) =>
  sendAs(path, as, form, { 'sec-fetch-site': 'same-origin' })
const nobody = { headers: {} }

let contacts = 0
const answers = (change: Record<string, string> = {}) => ({
  siret: '732 829 320 00074',
  legalName: 'Association des Halles',
  venueName: 'Tiers-lieu des Halles',
  address: '3 place des Halles',
  postalCode: '16000',
  commune: 'Angoulême',
  scope: 'some',
  themes: 'A',
  labels: 'France Services',
  hoursMo: '9h-12h, 14h-17h30',
  contactName: 'Awa Diop',
  contactEmail: `awa${++contacts}@example.org`,
  language: 'fr',
  ...change,
})
type Answers = ReturnType<typeof answers>

/** Sends the form as a browser without an account. */
async function apply(form: Answers) {
  const body = new URLSearchParams(form).toString()
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
    accept: 'text/html',
  }
  const reply = await app.request('/devenir-lieu', { method: 'POST', headers, body })
  const kept = reply.headers.get('set-cookie') ?? ''
  const cookie = kept.split(';')[0]!
  return {
    kept,
    status: reply.status,
    location: reply.headers.get('location'),
    html: await reply.text(),
    browser: { headers: { cookie } },
  }
}
/** The code is in no table: it is read in the demo's mailbox. */
const codeFor = (email: string) =>
  vi.waitFor(async () => {
    const { text } = await read('/demo/courriels', nobody)
    const code = new RegExp(`${email}.*?\\b(\\d{8})\\b`, 's').exec(text)?.[1]
    if (!code) throw new Error('no mail yet')
    return code
  })
async function givenConfirmed(change: Record<string, string> = {}) {
  const form = answers(change)
  const { browser } = await apply(form)
  await send('/devenir-lieu/code', browser, { code: await codeFor(form.contactEmail) })
  const [row] = await sql`select id, state from venue_applications where contact_email = ${form.contactEmail}`
  return { form, browser, id: row!.id as string, state: row!.state as string }
}
const stateOf = async (id: string) => (await sql`select state from venue_applications where id = ${id}`)[0]!.state
const path = (id: string) => `/coordination/candidatures/${id}`

describe('a structure applies', () => {
  test('with nothing lost and each mistake beside its field', async () => {
    const wrong = { siret: '732 829 320 00075', commune: 'Lyon', hoursMo: 'le matin', contactEmail: 'awa@' }
    const { status, html } = await apply({ ...answers(), ...wrong })
    expect(status).toBe(422)
    for (const field of ['siret', 'commune', 'contactEmail']) expect(html).toContain(`id="${field}-error"`)
    expect(html).toContain('Un horaire n’est pas compris')
    for (const kept of ['732 829 320 00075', 'le matin', 'Tiers-lieu des Halles']) expect(html).toContain(kept)
    expect(await sql`select 1 from venue_applications`).toEqual([])
  })

  test('and waits for nobody before its address has answered', async () => {
    const form = answers()
    const { status, location, browser, kept } = await apply(form)
    expect([status, location]).toEqual([303, '/devenir-lieu/suivi'])
    expect(kept).toMatch(/; Path=\/devenir-lieu; HttpOnly; SameSite=Lax$/)
    const [row] = await sql`select * from venue_applications where contact_email = ${form.contactEmail}`
    expect(row).toMatchObject({
      state: 'unconfirmed',
      siret: '73282932000074',
      opening_hours: 'Mo 09:00-12:00,14:00-17:30',
      themes: ['A'],
    })
    const code = await codeFor(form.contactEmail)
    expect(JSON.stringify(await sql`select * from mails`) + JSON.stringify(row)).not.toContain(code)
    expect((await read(path(row!.id), coordinator)).status).toBe(404)
    expect(
      (await send('/devenir-lieu/code', { headers: { cookie: 'carnet-demande=other' } }, { code })).text,
    ).toContain('n’existe pas')
    expect((await send('/devenir-lieu/code', browser, { code: '00000000' })).status).toBe(422)
    expect(await send('/devenir-lieu/code', browser, { code })).toMatchObject({ status: 303 })
    expect(await stateOf(row!.id)).toBe('waiting')
    expect((await read('/devenir-lieu/suivi', browser)).text).toContain('Décision de la coordination')
    expect((await read('/coordination', coordinator)).text).toContain('Candidatures de lieux')
  })

  test('guesses a code five times, also when all guesses come at once', async () => {
    const form = answers()
    const { browser } = await apply(form)
    const code = await codeFor(form.contactEmail)
    const guess = (n: number) => send('/devenir-lieu/code', browser, { code: String(n).padStart(8, '0') })
    await Promise.all(Array.from({ length: 9 }, (_, n) => guess(n)))
    expect((await send('/devenir-lieu/code', browser, { code })).status).toBe(422)
    await send('/devenir-lieu/code/renvoi', browser)
    const next = await vi.waitFor(async () => {
      const found = await codeFor(form.contactEmail)
      if (found === code) throw new Error('the old one')
      return found
    })
    clock.now = new Date(clock.now.getTime() + 31 * 60_000)
    expect((await send('/devenir-lieu/code', browser, { code: next })).status).toBe(422)
  })

  test('and learns nothing of what is known: a known SIRET gets the same answer', async () => {
    const [known, unknown] = [await apply(answers({ siret: takenSiret })), await apply(answers())]
    expect([known.status, known.location]).toEqual([unknown.status, unknown.location])
    const texts = await Promise.all(
      [known, unknown].map(async ({ browser }) => (await read('/devenir-lieu/suivi', browser)).text),
    )
    expect(texts[0]!.replace(/awa\d+/g, '')).toBe(texts[1]!.replace(/awa\d+/g, ''))
  })
})

describe('a coordinator decides', () => {
  test('yes: organisation, qualified venue and invitation, once', async () => {
    const { id, form } = await givenConfirmed()
    expect((await send(`${path(id)}/acceptation`, approver)).status).toBe(403)
    expect((await read(path(id), coordinator)).text).toContain('Association des Halles')
    const decided = await Promise.all([1, 2, 3].map(() => send(`${path(id)}/acceptation`, coordinator)))
    expect(decided.map(({ status }) => status).sort()).toEqual([303, 409, 409])
    const [venue] = await sql`select v.id, v.name, v.opening_hours, o.siret, q.state, v.organisation_id,
        (select count(*)::int from venue_services s where s.venue_id = v.id) as services
      from venue_applications a join venues v on v.id = a.venue_id join organisations o on o.id = v.organisation_id
      join venue_qualifications q on q.venue_id = v.id and q.valid_until is null where a.id = ${id}`
    expect(venue).toMatchObject({ name: 'Tiers-lieu des Halles', siret: '73282932000074', state: 'qualified' })
    expect(venue!.services).toBeGreaterThan(0)
    const invited = await sql`select email, role from invitations where tenant_id = ${venue!.organisation_id}`
    expect(invited).toEqual([{ email: form.contactEmail, role: 'venue_manager' }])
    const mails = await sql`select template from mails where recipient = ${form.contactEmail} order by 1`
    expect(mails.map(({ template }) => template)).toEqual(['application_accepted', 'invitation'])
    const [row] = await sql`select standard_row from venues where id = ${venue!.id}`
    expect(JSON.stringify(row)).not.toContain('example.org')
  })

  test('yes, and whoever typed the SIRET of others gets no access to what is theirs', async () => {
    await givenMember(sql, 'venue_manager', takenId)
    const { id, form } = await givenConfirmed({ siret: takenSiret, venueName: 'Annexe' })
    expect((await read(path(id), coordinator)).text).toContain('Ce SIRET est celui de')
    expect((await send(`${path(id)}/acceptation`, coordinator)).status).toBe(303)
    expect(await sql`select 1 from invitations where email = ${form.contactEmail}`).toEqual([])
    const mails = await sql`select template from mails where recipient = ${form.contactEmail}`
    expect(mails).toMatchObject([{ template: 'application_joined' }])
  })

  test('no, with a reason that the structure reads; half a year later nobody knows who it was', async () => {
    const { id, browser } = await givenConfirmed()
    expect((await send(`${path(id)}/refus`, coordinator, { reason: ' ' })).text).toContain('la structure la lira')
    expect((await send(`${path(id)}/refus`, coordinator, { reason: 'Hors du territoire.' })).status).toBe(303)
    expect((await send(`${path(id)}/acceptation`, coordinator)).status).toBe(409)
    expect((await read('/devenir-lieu/suivi', browser)).text).toContain('Hors du territoire.')
    const at = clock.now
    clock.now = new Date('2026-09-10T12:00:00Z')
    await forgetOldApplications(operator)
    expect(await stateOf(id)).toBe('refused')
    clock.now = new Date('2026-09-12T12:00:00Z')
    await forgetOldApplications(operator)
    const [row] = await sql`select state, contact_name, contact_email, reason from venue_applications where id = ${id}`
    expect(row).toEqual({ state: 'forgotten', contact_name: null, contact_email: null, reason: null })
    expect(await sql`select 1 from venue_applications where state = 'unconfirmed'`).toEqual([])
    expect((await read(path(id), coordinator)).text).toContain('ont été effacées')
    clock.now = at
  })
})
