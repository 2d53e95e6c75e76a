import { powerMonitor } from 'electron';

/** Tells of the machine going to sleep and waking: time that no clock of a running program counts. To be called after `ready`. */
export function watchPower(tell: (event: 'suspend' | 'resume') => void): void {
  powerMonitor.on('suspend', () => tell('suspend'));
  powerMonitor.on('resume', () => tell('resume'));
}
