import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import {
  freePort,
  givenInstallation,
  type Installation,
  ownerOf,
  runCommand,
  startCommand,
  untilAnswering,
} from '../../helpers/command.ts'
import { canMountSmallDisk, givenSmallDisk } from '../../helpers/small-disk.ts'

const installation = await givenInstallation()
afterAll(() => rmSync(installation.folder, { recursive: true, force: true }))

const failedStart = (environment: Record<string, string>, command = startCommand) =>
  runCommand(command, { ...installation.environment, ...environment }).ended

describe('a start that cannot succeed says why in a sentence, ends with 1 and touches nothing', () => {
  test('an old Node', async () => {
    const pretend = join(installation.folder, 'old-node.cjs')
    writeFileSync(pretend, `Object.defineProperty(process, 'version', { value: 'v18.20.4' })`)
    const { code, output } = await failedStart({}, [process.execPath, '--require', pretend, 'scripts/run.cjs', 'start'])
    expect(output).toContain('Carnet needs Node 20.19 or newer; this is Node 18.20.4.')
    expect(code).toBe(1)
  })

  test('a port in use', async () => {
    const port = await freePort()
    const other = createServer().listen(port)
    const { code, output } = await failedStart({ PORT: String(port) })
    other.close()
    expect(output).toContain(`Port ${port} is in use by another program.`)
    expect(code).toBe(1)
    expect(existsSync(join(installation.dataDir, 'postgres'))).toBe(false)
  })

  test('several wrong settings, all named at once', async () => {
    const { code, output } = await failedStart({ MODE: 'prod', PORT: 'http' })
    expect(output).toContain('MODE is demo or production; it is now "prod".')
    expect(output).toContain('PORT is a whole number from 1 to 65535; it is now "http".')
    expect(code).toBe(1)
  })

  test('a data directory that cannot be written', async () => {
    const { code, output } = await failedStart({ DATA_DIR: '/dev/null/carnet' })
    expect(output).toMatch(/The directory \/dev\/null\/carnet cannot be written \(\w+\)\. Set DATA_DIR/)
    expect(code).toBe(1)
  })

  test('a database that does not answer, told without its password', async () => {
    const { code, output } = await failedStart({
      DATABASE_URL: `postgres://carnet:secret@127.0.0.1:${await freePort()}/x`,
    })
    expect(output).toContain('(DATABASE_URL)')
    expect(output).not.toContain('secret')
    expect(code).toBe(1)
  })

  test('a database server that may lose what it acknowledged', async () => {
    const { code, output } = await failedStart({ DATABASE_URL: inject('postgresUrl') })
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit'])
      expect(output).toContain(
        `${setting} is off: what was acknowledged could be lost. Run: alter system set ${setting} = on`,
      )
    expect(code).toBe(1)
  })

  test('an unknown command', async () => {
    expect(await failedStart({}, [process.execPath, 'scripts/run.cjs', 'stat'])).toMatchObject({ code: 1 })
  })
})

// Where the system refuses namespaces to this user, no small disk can be had: then these two have nothing to run on.
describe.skipIf(!canMountSmallDisk())('a full disk', () => {
  const start = async (disk: { inside: string[] }, { environment, port }: Installation) => {
    const run = runCommand([...disk.inside, ...startCommand], environment)
    await untilAnswering(port, run)
    return async () => {
      process.kill(run.child.pid!, 'SIGTERM')
      await run.ended
    }
  }

  test('before the first start leaves nothing behind', async () => {
    const disk = await givenSmallDisk(installation.folder, 20)
    const small = await givenInstallation(disk.folder)
    const { code, output } = await runCommand([...disk.inside, ...startCommand], small.environment).ended
    expect(output).toContain(`The disk that holds ${join(small.dataDir, 'postgres')} is full.`)
    expect(code).toBe(1)
    expect(
      execFileSync(disk.inside[0]!, [...disk.inside.slice(1), 'ls', join(small.dataDir, 'postgres')], {
        encoding: 'utf8',
      }),
    ).not.toContain('cluster')
  })

  test('between two runs loses nothing: with some space again, everything is there', async () => {
    const disk = await givenSmallDisk(installation.folder, 200)
    const small = await givenInstallation(disk.folder)
    const outside = { ...small, dataDir: disk.pathOutside(small.dataDir) }
    const stop = await start(disk, small)
    const before = ownerOf(outside)
    await before`create table kept as select 42 as answer`
    await before.end()
    await stop()

    disk.run('dd if=/dev/zero of=fill bs=64k 2>/dev/null || true')
    const { code, output } = await runCommand([...disk.inside, ...startCommand], small.environment).ended
    expect(output).toContain('is full. Free some space and start again: nothing was lost.')
    expect(code).toBe(1)

    disk.run('rm fill')
    const stopAgain = await start(disk, small)
    const after = ownerOf(outside)
    expect(await after`select answer from kept`).toEqual([{ answer: 42 }])
    await after.end()
    await stopAgain()
  })
})
