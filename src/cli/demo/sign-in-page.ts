import type { Role } from '../../casework/access/actor.ts';
import type { StaffMember } from './staff.ts';

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  analyst: '分析员 · Analyst',
  'collection-point': '采集点 · Collection point',
  police: '警方 · Police',
  admin: '管理员 · Administrator',
};

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; color: #1d2b36; background: #f3f5f6; margin: 0; }
  main { max-width: 26rem; margin: 10vh auto; padding: 2rem; background: #fff; border-radius: 8px;
    box-shadow: 0 1px 4px #0003; }
  h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
  p { margin: 0 0 1.5rem; color: #53646f; }
  button { display: flex; justify-content: space-between; align-items: center; width: 100%; margin: .5rem 0; padding: .75rem 1rem;
    font: inherit; color: inherit; background: #fff; border: 1px solid #b8c4cb; border-radius: 6px; cursor: pointer; }
  button:hover, button:focus-visible { border-color: #0b6e83; outline: 2px solid #0b6e83; outline-offset: 1px; }
  small { color: #53646f; }`;

/** The page that asks who it is. Nothing in it comes from a request. */
export function writeSignInPage(staff: readonly StaffMember[]): string {
  const buttons = staff.map(
    ({ subject, name, role }) =>
      `<form method="post" action="?as=${subject}"><button>${name} <small>${ROLE_NAMES[role]}</small></button></form>`,
  );
  return `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>登录 · Sign in</title>
<style>${STYLE}
</style>
<main>
  <h1>归途 · Homeward</h1>
  <p>演示登录，无需密码：您是谁？<br>Demo sign-in, no password: who are you?</p>
  ${buttons.join('\n  ')}
</main>
</html>
`;
}
