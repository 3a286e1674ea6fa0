import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const packages = createRequire(import.meta.url)

/** SimpleWebAuthn (MIT) and the few lines that use it, as one file of this site. */
export const passkeyScript = [
  readFileSync(
    packages.resolve('@simplewebauthn/browser').replace(/\/(esm|script)\/.*$/, '/dist/bundle/index.umd.min.js'),
    'utf8',
  ),
  readFileSync(new URL('./passkeys-client.js', import.meta.url), 'utf8'),
].join('\n')

export const passkeyScriptPath = `/assets/passkeys.js?v=${createHash('sha256').update(passkeyScript).digest('hex').slice(0, 12)}`
