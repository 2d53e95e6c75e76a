/** A line of JSON; undefined for anything else. Whoever reads on parses it by a schema, which then says that it does not fit. */
export function jsonLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
