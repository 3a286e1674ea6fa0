/** How many of these are in one of the files: as bytes, as hex digits, or as PostgreSQL writes them. */
export function countFound(files: readonly Buffer[], secrets: readonly Buffer[]): number {
  const forms = new Map<number, { form: Buffer; secret: Buffer }[]>()
  for (const secret of secrets) {
    const hex = secret.toString('hex')
    const dashed = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    for (const form of [secret, Buffer.from(hex), Buffer.from(dashed)]) {
      const start = form.readUInt32LE()
      forms.set(start, [...(forms.get(start) ?? []), { form, secret }])
    }
  }
  const starts = new Uint8Array(65_536)
  for (const start of forms.keys()) starts[start & 65_535] = 1
  const found = new Set<Buffer>()
  for (const file of files)
    for (let at = 0; at + 8 <= file.length; at++) {
      if (!starts[file[at]! | (file[at + 1]! << 8)]) continue
      for (const { form, secret } of forms.get(file.readUInt32LE(at)) ?? [])
        if (file.subarray(at, at + form.length).equals(form)) found.add(secret)
    }
  return found.size
}
