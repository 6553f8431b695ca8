"""The page on which somebody gives a name and a password: whole, in itself, without script."""

from __future__ import annotations

from html import escape

from search.views.assets import in_english

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>{title}</title><style>
:root {{ color-scheme: light dark; --ink: #0f172a; --dim: #475569; --line: #94a3b8; --paper: #fff; --ground: #f1f5f9;
  --blue: #1d5b6e; --red: #b91c1c; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #f1f5f9; --dim: #cbd5e1; --line: #64748b; --paper: #1e293b;
  --ground: #0f172a; --blue: #1f7a94; --red: #fca5a5; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--ground);
  color: var(--ink); font: 16px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }}
main {{ width: 100%; max-width: 360px; padding: 28px; background: var(--paper); border-radius: 8px; }}
h1 {{ margin: 0; font-size: 22px; }}
p {{ margin: 4px 0 0; color: var(--dim); font-size: 14px; }}
p[role=alert] {{ margin-top: 16px; color: var(--red); font-size: 15px; }}
label {{ display: block; margin-top: 16px; font-size: 14px; }}
input, button {{ width: 100%; padding: 9px 11px; border: 1px solid var(--line); border-radius: 5px; font: inherit;
  color: inherit; background: transparent; }}
button {{ margin-top: 22px; border-color: var(--blue); background: var(--blue); color: #fff; cursor: pointer; }}
:focus-visible {{ outline: 2px solid var(--blue); outline-offset: 0; }}
</style></head><body><main><h1>{page}</h1><p>{please}</p>{message}
<form method="post" action="{action}"><input type="hidden" name="next" value="{after}">
<label>{name}<input name="username" autocomplete="username" required autofocus></label>
<label>{password}<input name="password" type="password" autocomplete="current-password" required></label>
<button>{enter}</button></form></main></body></html>
"""


_WORDS = {
    "title": "登录 · 条文镜",
    "page": "条文镜",
    "please": "请登录 · Please sign in",
    "name": "用户名 · Name",
    "password": "密码 · Password",
    "enter": "登录 · Sign in",
}


def login_view(action: str, after: str, message: str = "", languages: str = "") -> str:
    """The page; its form goes to the address `action` and asks for `after` then. `message`: what went wrong.

    `languages`: what the browser accepts (`Accept-Language`); the page is in English where Chinese is not the first.
    """
    words = {"language": "zh-CN", "message": message} | _WORDS
    if languages and not languages.lower().startswith("zh"):
        words = {key: in_english(said) for key, said in words.items()} | {"language": "en"}
    words = {key: escape(said) for key, said in words.items()}
    if words["page"] != _WORDS["page"]:
        words["page"] = f'<span lang="zh-CN">{_WORDS["page"]}</span> {words["page"]}'
    if message:
        words["message"] = f'<p role="alert">{words["message"]}</p>'
    return _PAGE.format(action=escape(action), after=escape(after), **words)


def logout_view(address: str) -> str:
    """The way out, at the foot of the page."""
    return f'<p style="text-align: center; font-size: 14px"><a href="{escape(address)}">退出登录 · Sign out</a></p>'
