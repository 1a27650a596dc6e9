/**
 * `--format html`: one page that opens in any browser, from disk and without a network. Its script and its style are the only
 * ones that its policy lets run; what comes from the repository is data, and is set as text.
 */
import { createHash } from 'node:crypto';
import type { MapData } from './map-shape.ts';
import { pageScript, pageStyle } from './page-parts.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const mapHtml = (data: MapData): string => {
  const policy = `default-src 'none'; script-src ${hash(pageScript)}; style-src ${hash(pageStyle)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="flux-lint map 1">
<title>flux-lint: the map</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>flux-lint map</h1>
<div id="tabs" role="tablist" aria-label="Views"></div>
<label>Search <input id="search" type="search" aria-keyshortcuts="/"></label>
</header>
<main><div id="view" role="tabpanel"></div></main>
<aside id="detail" aria-live="polite" aria-label="Detail" tabindex="0"></aside>
<footer><span id="about"></span> <span id="said" role="status"></span></footer>
<script type="application/json" id="data">${embedded(data)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
};

/** JSON that no parser of HTML can leave, since no tag begins in it; what turns the direction of writing is shown as its number. */
const embedded = (data: MapData): string =>
  JSON.stringify(data)
    .replace(/\p{Bidi_Control}/gu, (letter) => `\\${codeUnit(letter)}`)
    .replace(/[<>&\u2028\u2029]/g, codeUnit);

const codeUnit = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
