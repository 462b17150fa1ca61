import { pino, type Logger } from 'pino';

export type Log = Logger;

/** JSON lines on stderr. Secrets are cut out by name; exact places are never handed to the log in the first place. */
export function createLog(level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token'],
    },
    pino.destination({ fd: 2, sync: false }),
  );
}
