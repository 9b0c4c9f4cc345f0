import type { Framework } from '../model/index.ts';
import { gdpr } from './gdpr.ts';
import { hipaa } from './hipaa.ts';
import { iso27001 } from './iso27001.ts';
import { owaspAsvs } from './owasp-asvs.ts';
import { soc2 } from './soc2.ts';
import { twelveFactor } from './twelve-factor.ts';

/** Every framework by which verdicts can be grouped. */
export const frameworks: readonly Framework[] = [soc2, iso27001, gdpr, hipaa, owaspAsvs, twelveFactor];
