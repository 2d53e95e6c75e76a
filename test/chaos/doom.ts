/** Which side of a commit a process dies on. */
export type Side = 'before' | 'after';

/**
 * The death of a process at one of its commits. What the disk is at that instant is kept by `image`; the process itself goes on as a ghost until its event is
 * over, because nothing in one program can stop it: whatever a ghost says is not heard, and its disk is thrown away.
 */
export class Doom {
  dead = false;
  private left: number | undefined;
  private side: Side = 'before';
  private readonly image: () => void;
  private readonly died: () => void;

  constructor(image: () => void, died: () => void) {
    this.image = image;
    this.died = died;
  }

  /** It dies at its `commits`-th commit from now. */
  at(commits: number, side: Side): void {
    if (this.dead || this.left !== undefined) return;
    this.left = commits;
    this.side = side;
  }

  /** It dies now. */
  now(): void {
    if (this.dead) return;
    this.dead = true;
    this.image();
    this.died();
  }

  private comes(side: Side): void {
    if (this.dead || this.left === undefined) return;
    if (side === 'before') this.left -= 1;
    if (this.left === 0 && side === this.side) this.now();
  }

  /** Runs a commit, which may be the last. */
  around<T>(commit: () => T): T {
    this.comes('before');
    const result = commit();
    if (!(result instanceof Promise)) {
      this.comes('after');
      return result;
    }
    void result.then(() => this.comes('after'), () => this.comes('after'));
    return result;
  }
}

/** The same object, with a commit in each call of the methods named; `inner` names objects of it that commit as well. */
export function mortal<T extends object>(subject: T, doom: Doom, methods: readonly string[], inner: Readonly<Record<string, readonly string[]>> = {}): T {
  const made = new Map<string, unknown>();
  return new Proxy(subject, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof name !== 'string') return value;
      if (methods.includes(name) && typeof value === 'function') return (...args: unknown[]): unknown => doom.around((): unknown => Reflect.apply(value, target, args));
      const within = inner[name];
      if (within === undefined || typeof value !== 'object' || value === null) return value;
      if (!made.has(name)) made.set(name, mortal(value, doom, within));
      return made.get(name);
    },
  });
}
