/**
 * Services that know leaked passwords are asked by a part of a fast hash (Have I Been Pwned, range search): such a
 * hash is kept nowhere.
 */
export const asksForBreaches = (text: string): boolean => /pwned|hibp|breach/i.test(text);
