import dgram, { type Socket } from 'node:dgram';
import os from 'node:os';
import type { Neighbourhood } from './ports.ts';

/** Where desks of one office hear each other: a group that routers keep inside the site (RFC 2365, 239.255.0.0/16), one hop far. */
export const officeGroup = { address: '239.255.77.67', port: 47_067 } as const;

/**
 * The office's network by UDP multicast. A desk without a network, or in one that lets no multicast through, has no neighbours, and nothing
 * else is wrong with it: what fails is reported once. Interfaces that come later are joined before the next announcement.
 */
export function officeNetwork(report: (line: string) => void, group: { readonly address: string; readonly port: number } = officeGroup): Neighbourhood {
  return (heard) => {
    let reported = false;
    let open = false;
    let closed = false;
    /** One for each interface: which of them leads to the other desks is not known. */
    const voices = new Map<string, Socket>();

    function trouble(error: unknown): void {
      if (reported) return;
      reported = true;
      report(`office network: ${error instanceof Error && 'code' in error ? String(error.code) : 'not usable'}`);
    }

    const ear = dgram.createSocket({ type: 'udp4', reuseAddr: true });
    ear.on('message', (bytes) => heard(bytes));
    ear.on('error', trouble);
    ear.bind(group.port, () => {
      open = true;
      ear.unref();
      join();
    });

    function join(): void {
      if (!open || closed) return;
      const present = new Set(Object.values(os.networkInterfaces()).flatMap((addresses) => (addresses ?? []).filter(({ family }) => family === 'IPv4').map(({ address }) => address)));
      for (const [address, voice] of voices) {
        if (present.has(address)) continue;
        voice.close();
        voices.delete(address);
      }
      for (const address of present) if (!voices.has(address)) enter(address);
    }

    function enter(address: string): void {
      try {
        ear.addMembership(group.address, address);
      } catch (error) {
        trouble(error);
        return;
      }
      const voice = dgram.createSocket({ type: 'udp4' });
      voices.set(address, voice);
      voice.on('error', trouble);
      voice.bind(0, address, () => {
        voice.setMulticastInterface(address);
        voice.setMulticastTTL(1);
        voice.setMulticastLoopback(true);
        voice.unref();
      });
    }

    return {
      say(bytes) {
        join();
        for (const voice of voices.values()) {
          voice.send(bytes, group.port, group.address, (error) => {
            if (error) trouble(error);
          });
        }
      },
      close() {
        closed = true;
        if (open) ear.close();
        else ear.once('listening', () => ear.close());
        for (const voice of voices.values()) voice.close();
        voices.clear();
      },
    };
  };
}
