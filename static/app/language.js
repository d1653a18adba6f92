/**
 * The language of this tablet, kept in the cookie that the server reads too: with no network the
 * page can still change it.
 */

const COOKIE = "django_language";
const YEAR_S = 31_536_000;

/**
 * As the server chooses it: what was chosen, else English where the browser wishes for it.
 *
 * @param {string} cookies as document.cookie has them
 * @param {string} wished as navigator.language has it
 */
export function languageOf(cookies, wished) {
  const chosen = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]*)`).exec(cookies)?.[1] ?? wished;
  return chosen.toLowerCase().startsWith("en") ? "en" : "zh-hans";
}

/** To be set as document.cookie. @param {string} language @param {boolean} secure */
export const languageCookie = (language, secure) =>
  `${COOKIE}=${language}; path=/; max-age=${YEAR_S}; SameSite=Lax${secure ? "; Secure" : ""}`;
