/** Functions that hand requests to the procedures of a router. */
export const isDispatcher = (name: string): boolean =>
  /^@trpc\/server\/adapters\/[\w-]+(\.|$)|^@trpc\/next\b/.test(name);
