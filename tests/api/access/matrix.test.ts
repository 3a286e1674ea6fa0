import { describe, expect, test } from 'vitest'
import { accessMatrix } from '../../helpers/access-matrix.ts'
import { type ActorName, actorNames } from '../../helpers/actors.ts'
import { givenEveryRoute } from '../../helpers/every-route.ts'

const everyone = await givenEveryRoute()
const { world, made, own, operations, ask } = everyone

const letterOf = (status: number) => ({ 401: 'a', 403: 'f', 404: 'n' })[status] ?? (status < 500 ? '+' : '!')
const table = accessMatrix
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [method, path, ...cells] = line.trim().split(/ +/)
    return { route: `${method} ${path}`, cells }
  })

/** What only its own tenant and those who serve the whole scheme may read. */
const { ids } = world
const secrets: Partial<Record<ActorName, string[]>> = {
  public: [ids.funder, ids.campaign, ids.run, ids.box, own.deviceId, everyone.iban, made.payout!, made.prescriber!],
  otherFunder: [
    ids.funder,
    ids.campaign,
    ids.run,
    ids.box,
    own.deviceId,
    everyone.iban,
    made.payout!,
    made.prescriber!,
  ],
  otherManager: [
    ids.funder,
    ids.campaign,
    ids.run,
    ids.box,
    own.deviceId,
    everyone.iban,
    made.payout!,
    made.prescriber!,
  ],
  otherPrescriber: [ids.funder, ids.run, ids.box, own.deviceId, everyone.iban, made.payout!, made.prescriber!],
  otherPhone: [ids.run, ids.box, own.deviceId, everyone.iban, made.payout!, made.prescriber!],
  funder: [made.otherFunder!],
  manager: [everyone.other.deviceId],
  prescriber: [made.otherPrescriber!],
}
/** The demo shows its whole world, and is in no production. */
const openToAll = 'GET /api/v1/demo'
const undocumented: string[] = []
const leaks: string[] = []

describe('the matrix', () => {
  test('has a line for every route, and a route for every line', () => {
    expect(table.map(({ route }) => route).sort()).toEqual([...operations.keys()].sort())
  })

  test.each(table)('$route', async ({ route, cells }) => {
    const answers: string[] = []
    for (const actor of actorNames) {
      const { response, text } = await ask(route, actor)
      answers.push(letterOf(response.status))
      if (!(response.status in (operations.get(route)!.operation.responses ?? {})))
        undocumented.push(`${route}: ${response.status} ${text.slice(0, 120)}`)
      for (const secret of route === openToAll ? [] : (secrets[actor] ?? []))
        if (text.includes(secret)) leaks.push(`${route} tells ${actor} of ${secret}: ${text.slice(0, 120)}`)
    }
    expect(Object.fromEntries(actorNames.map((actor, at) => [actor, answers[at]]))).toEqual(
      Object.fromEntries(actorNames.map((actor, at) => [actor, cells[at]])),
    )
  })

  test('no answer went to another tenant', () => {
    expect(leaks).toEqual([])
  })

  test('every answer is documented', () => {
    expect([...new Set(undocumented)]).toEqual([])
  })
})
