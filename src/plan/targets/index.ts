import type { TargetId } from '../../model/index.ts';
import type { Target } from '../target.ts';
import { aws } from './aws.ts';
import { docker } from './docker.ts';
import { kubernetes } from './kubernetes.ts';
import { railway, vercel } from './platforms.ts';
import { vps } from './vps.ts';

/** In the order in which they are offered. */
export const TARGETS: Readonly<Record<TargetId, Target>> = { docker, kubernetes, aws, vercel, railway, vps };

export const TARGET_IDS = Object.keys(TARGETS) as readonly TargetId[];
