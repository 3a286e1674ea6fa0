// In the plain JavaScript of 2009, so that a Node too old for the rest can still say so.
var wanted = [20, 19]
var found = process.version.slice(1).split('.').map(Number)

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error('Carnet needs Node ' + wanted.join('.') + ' or newer; this is Node ' + process.version.slice(1) + '.')
  console.error('Install a newer one from https://nodejs.org and type the same command again.')
  process.exit(1)
}

require('./run.mjs').run(process.argv[2])
