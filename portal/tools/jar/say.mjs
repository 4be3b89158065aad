/** Writes a line for whoever reads Maven's output. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}
