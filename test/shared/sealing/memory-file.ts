import type { OpenFile } from '#shared/sealing/index.ts';

/** A file in memory. Like a real one it may take less than it is given. */
export class MemoryFile implements OpenFile {
  bytes = new Uint8Array();
  syncs = 0;
  /** Most bytes of one write. */
  readonly most: number;

  constructor(most = Number.MAX_SAFE_INTEGER) {
    this.most = most;
  }

  async read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesRead: number }> {
    const part = this.bytes.subarray(position, position + Math.min(length, this.most));
    into.set(part, offset);
    return { bytesRead: part.length };
  }

  async write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }> {
    const part = bytes.subarray(offset, offset + Math.min(length, this.most));
    const grown = new Uint8Array(Math.max(this.bytes.length, position + part.length));
    grown.set(this.bytes);
    grown.set(part, position);
    this.bytes = grown;
    return { bytesWritten: part.length };
  }

  async truncate(length: number): Promise<void> {
    this.bytes = this.bytes.slice(0, length);
  }

  async stat(): Promise<{ size: number }> {
    return { size: this.bytes.length };
  }

  async sync(): Promise<void> {
    this.syncs += 1;
  }
}
