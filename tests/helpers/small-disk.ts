import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

const namespace = ['--user', '--map-root-user', '--mount']

/** True where this user may make a mount of its own, which needs no right over the machine. */
export function canMountSmallDisk(): boolean {
  return spawnSync('unshare', [...namespace, 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
}

/** A disk of a few megabytes, seen only by the commands that are run `inside` it. It is gone when the test ends. */
export async function givenSmallDisk(parent: string, megabytes: number) {
  const folder = mkdtempSync(join(parent, 'disk-'))
  const mount = `mount -t tmpfs -o size=${megabytes}m,mode=711 none ${folder} && echo mounted && exec sleep 600`
  const holder = spawn('unshare', [...namespace, 'sh', '-c', mount], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await new Promise((mounted) => holder.stdout.once('data', mounted))
  const inside = ['nsenter', '--preserve-credentials', '--user', '--mount', `--target=${holder.pid}`]
  return {
    folder,
    inside,
    run: (script: string) => execFileSync(inside[0]!, [...inside.slice(1), 'sh', '-c', `cd ${folder} && ${script}`]),
    pathOutside: (path: string) => `/proc/${holder.pid}/root${path}`,
  }
}
