/** What a procedure or a step before it is given. */
export const trpcParameters = (callee: string): readonly string[] | undefined =>
  /^@trpc\/server\.initTRPC\b.*\.(query|mutation|subscription|use|middleware)$/.test(callee)
    ? ['@trpc/server.ProcedureOptions()']
    : undefined;

/** What of it comes from the caller. */
export const trpcInput = (name: string): string | undefined =>
  /^@trpc\/server\.ProcedureOptions\(\)\.(input|rawInput|getRawInput)\b/.test(name)
    ? 'input of a procedure'
    : undefined;
