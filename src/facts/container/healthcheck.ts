import { byDefault, stated, unclear, type Healthcheck, type Value } from '../../model/index.ts';
import { flagOf, type DockerInstruction } from '../../read/documents/dockerfile.ts';
import { execCommand, shellFormCommand } from './command-line.ts';

/** The defaults of Docker, in seconds: https://docs.docker.com/reference/dockerfile/#healthcheck */
export const HEALTHCHECK_DEFAULTS = { interval: 30, timeout: 30, startPeriod: 0, retries: 3 } as const;

/** A HEALTHCHECK instruction. */
export function healthcheckOf(instruction: DockerInstruction): Healthcheck {
  const { at, text, script } = instruction;
  const [, verb = '', rest = ''] = /^(\S+)\s*([^]*)$/.exec(text) ?? [];
  const body = script.replace(/^\s*(?:\\\n\s*)*CMD/i, '   ');
  const command = execWords(rest);
  const check = command ? execCommand(command, rest, at) : shellFormCommand(body, at);
  const disabled = verb.toUpperCase() === 'NONE';
  return {
    at,
    disabled,
    form: check.form,
    text: disabled ? text : rest,
    commands: disabled ? [] : check.commands,
    interval: secondsOf(flagOf(instruction, 'interval'), HEALTHCHECK_DEFAULTS.interval),
    timeout: secondsOf(flagOf(instruction, 'timeout'), HEALTHCHECK_DEFAULTS.timeout),
    startPeriod: secondsOf(flagOf(instruction, 'start-period'), HEALTHCHECK_DEFAULTS.startPeriod),
    retries: countOf(flagOf(instruction, 'retries'), HEALTHCHECK_DEFAULTS.retries),
  };
}

function execWords(text: string): readonly string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every(word => typeof word === 'string') ? words : undefined;
  } catch {
    return undefined; // not JSON: the shell form
  }
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, ns: 1e-9 };

/** `1m30s` in seconds; a number alone counts as seconds. */
export function secondsOf(text: string, otherwise: number): Value<number> {
  if (text === '') return byDefault(otherwise);
  if (/^\d+(\.\d+)?$/.test(text)) return stated(Number(text));
  if (!/^(\d+(\.\d+)?(h|ms|us|ns|m|s))+$/.test(text)) return unclear(`${text} is not a duration`);
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|us|ns|m|s)/g)];
  return stated(
    parts.reduce((sum, [, count = '0', unit = 's']) => sum + Number(count) * (UNITS[unit] ?? 1), 0),
  );
}

/** A whole number as text. */
export function countOf(text: string, otherwise: number): Value<number> {
  if (text === '') return byDefault(otherwise);
  return /^\d+$/.test(text) ? stated(Number(text)) : unclear(`${text} is not a number`);
}
