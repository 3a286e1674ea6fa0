// Stands in for the industrial printer of the first steps in README.md: its key, and the file it was sent, opened.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../api/package.json', import.meta.url))
const { Decrypter, generateIdentity, identityToRecipient } = await import(
  pathToFileURL(require.resolve('age-encryption')).href
)
const [command, keyFile, printFile] = process.argv.slice(2)

if (command === 'key') {
  const identity = await generateIdentity()
  console.log(`# public key: ${await identityToRecipient(identity)}\n${identity}`)
} else if (command === 'open') {
  const decrypter = new Decrypter()
  decrypter.addIdentity(/^AGE-SECRET-KEY-.*$/m.exec(readFileSync(keyFile, 'utf8'))[0])
  process.stdout.write(await decrypter.decrypt(readFileSync(printFile), 'text'))
} else {
  console.error('Usage: node scripts/printer.mjs key, or node scripts/printer.mjs open KEY-FILE PRINT-FILE')
  process.exit(1)
}
