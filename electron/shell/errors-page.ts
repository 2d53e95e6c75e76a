import { sentence, type Fault } from '#shared/errors/index.ts';
import { recoverAddress, retryAddress } from './addresses.ts';
import { failureWords } from './failure-words.ts';
import type { MadePage } from './protocol.ts';

/** Characters that mean something in HTML. */
const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.normalize('NFC').replaceAll(/[&<>"']/g, (mark) => marks[mark] ?? '');
}

const list = (items: readonly string[]): string => items.map((item) => `<li>${escaped(item)}</li>`).join('');

/** Whether the program itself can lead on from here: into a store put back from a backup and from what the damaged file still tells. */
function offersRecovery({ code }: Fault): boolean {
  return code === 'store.damaged';
}

/** The page shown when the program cannot start: what is the matter, what to do, the code. It offers nothing that destroys. */
export function failurePage(why: Fault, software: string): MadePage {
  const { heading, steps } = failureWords(why.code);
  const text = `<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><title>Quầy Một Cửa</title><link rel="stylesheet" href="/style.css"></head>
<body><main>
<p class="product">Quầy Một Cửa</p>
<h1>${escaped(heading.vi)}</h1>
<p class="lead" role="alert">${escaped(sentence(why, 'vi'))}</p>
<h2>Việc cần làm</h2>
<ol>${list(steps.map((step) => step.vi))}</ol>
<p class="safe">Dữ liệu vẫn nguyên vẹn: phần mềm không xóa và không sửa tệp nào.</p>
${offersRecovery(why) ? `<p><a href="${recoverAddress}">Khôi phục dữ liệu</a></p>` : ''}
<p><a${offersRecovery(why) ? ' class="second"' : ''} href="${retryAddress}">Thử lại</a></p>
<p class="code">Mã lỗi <b>${escaped(why.code)}</b> · phiên bản ${escaped(software)}</p>
<section lang="en"><h2>${escaped(heading.en)}</h2><p>${escaped(sentence(why, 'en'))}</p><ol>${list(steps.map((step) => step.en))}</ol><p>The data is untouched: nothing was deleted or changed.</p></section>
</main></body>
</html>
`;
  return { type: 'text/html; charset=utf-8', text };
}

export const failureStyle: MadePage = {
  type: 'text/css; charset=utf-8',
  text: `
:root{color-scheme:light dark;--paper:#FBFAF7;--ink:#1C2430;--muted:#5A6675;--line:#E2E0DA;--accent:#0B5B6B;--on:#FFFFFF}
@media (prefers-color-scheme:dark){:root{--paper:#14181D;--ink:#E8E6E1;--muted:#A7B0BB;--line:#343B44;--accent:#7CC4D3;--on:#0E1317}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--paper);color:var(--ink);border-top:2px solid #9E2B25;font:16px/1.5 'Be Vietnam Pro','Segoe UI',system-ui,'Noto Sans',sans-serif}
main{max-width:44rem;padding:32px}
.product{margin:0 0 24px;color:var(--muted);font-size:14px}
h1{margin:0 0 8px;font-size:28px;font-weight:600;line-height:1.3}
.lead{margin:0 0 24px;font-size:18px}
h2{margin:0 0 8px;font-size:16px;font-weight:600}
ol{margin:0 0 24px;padding-left:24px}
li{margin-bottom:4px}
.safe{margin:0 0 24px}
a{display:inline-block;padding:9px 20px;border-radius:6px;background:var(--accent);color:var(--on);font-weight:600;text-decoration:none}
a.second{background:transparent;color:var(--ink);border:1px solid var(--line)}
a:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.code{margin:24px 0;color:var(--muted);font-size:14px}
section{border-top:1px solid var(--line);padding-top:16px;color:var(--muted);font-size:12px}
section h2{font-size:12px;margin-bottom:4px}
section p,section ol{margin:0 0 6px}
`,
};
