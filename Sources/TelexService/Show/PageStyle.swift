/// How a page looks: in both colour schemes, narrow and wide, on paper, and for those who want no movement or more contrast.
enum PageStyle {
  /// Hues of the speakers, in degrees; the next ones begin again.
  static let hues = [210, 28, 140, 330, 265, 185, 50, 0]

  static var text: String {
    let voices = hues.enumerated().map { ".v\($0.offset){--h:\($0.element)}" }.joined()
    return rules + voices
  }

  private static let rules = """
    :root{color-scheme:light dark;--paper:#fdfcf9;--ink:#1c1b19;--soft:#5d5a54;--line:#d9d4c9;--card:#fff;--fill:85% 91%;--edge:60% 38%;\
    --p:#8a4b00;--o:#7a1f7a;--l:#0b4fa0;--t:#9c1c1c}
    @media(prefers-color-scheme:dark){:root{--paper:#16171a;--ink:#ece9e2;--soft:#a9a59c;--line:#3a3b40;--card:#1e2024;--fill:45% 21%;\
    --edge:70% 70%;--p:#ffc46b;--o:#f0a6f0;--l:#9cc7ff;--t:#ff9d9d}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:1.08rem/1.7 Charter,"Iowan Old Style",Georgia,serif}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);padding:.5rem 1rem}
    header,main,footer{max-width:78rem;margin:0 auto;padding:0 1.5rem}
    header{padding-top:2.5rem}
    h1{font-size:clamp(1.6rem,3.4vw,2.5rem);line-height:1.15;margin:0 0 .6rem;max-width:46rem;text-wrap:balance}
    .facts,.legend,aside,.tables,.by,.problem{font-family:system-ui,sans-serif}
    .facts{color:var(--soft);font-size:.9rem;margin:0 0 1rem}
    .legend{font-size:.82rem;margin:0 0 1.5rem;padding:.6rem 0;border-block:1px solid var(--line);--h:210}
    .legend>*{margin-right:.9rem;white-space:nowrap}
    main{display:grid;grid-template-columns:minmax(0,44rem) minmax(17rem,1fr);gap:3rem;align-items:start}
    @media(max-width:60rem){main{grid-template-columns:minmax(0,1fr);gap:1rem}}
    article p,article h2,article pre{overflow-wrap:anywhere;white-space:pre-line;margin:0 0 1.1rem}
    article h2{font-size:1.25rem;line-height:1.3;margin-top:1.8rem}
    .minor{font-family:system-ui,sans-serif;font-size:.85rem;color:var(--soft)}
    .q{--h:0;scroll-margin-top:30vh;border-radius:.2em}
    .direct{background:hsl(var(--h) var(--fill));box-decoration-break:clone;-webkit-box-decoration-break:clone;padding:.08em .12em}
    .mixed{background:hsl(var(--h) var(--fill));border-bottom:2px solid hsl(var(--h) var(--edge));padding:.08em .08em 0}
    .indirect{text-decoration:underline;text-decoration-color:hsl(var(--h) var(--edge));text-decoration-thickness:2px;\
    text-underline-offset:.24em;text-decoration-skip-ink:none}
    .unknown{--h:0;--fill:0% 85%;--edge:0% 45%}
    @media(prefers-color-scheme:dark){.unknown{--fill:0% 26%;--edge:0% 65%}}
    .q:target{outline:3px solid hsl(var(--h) var(--edge));outline-offset:2px}
    .by{font-size:.72rem;line-height:1;white-space:nowrap;text-decoration:none;color:inherit;border:1px solid hsl(var(--h) var(--edge));\
    border-radius:1em;padding:.12em .6em;margin:0 .15em;vertical-align:.12em;display:inline-block}
    a:focus-visible{outline:3px solid var(--l);outline-offset:2px}
    b{font-weight:600}.person{color:var(--p)}.organization{color:var(--o)}.location{color:var(--l)}.time{color:var(--t)}
    aside{font-size:.88rem;line-height:1.45;position:sticky;top:1rem;max-height:calc(100vh - 2rem);overflow:auto;padding:.2rem}
    @media(max-width:60rem){aside{position:static;max-height:none}}
    aside h2,.tables h2{font-size:1rem;margin:0 0 .6rem}
    .voice{background:var(--card);border:1px solid var(--line);border-left:.4rem solid hsl(var(--h) var(--edge));border-radius:.4rem;\
    padding:.7rem .9rem;margin:0 0 .8rem;scroll-margin-top:1rem}
    .voice:target{box-shadow:0 0 0 3px hsl(var(--h) var(--edge))}
    .voice h3{margin:0;font-size:1rem}.voice p{margin:0;color:var(--soft)}
    .voice ol{margin:.5rem 0 0;padding:0;list-style:none}.voice li{margin:0 0 .5rem}
    .voice li a{color:inherit;text-decoration-color:hsl(var(--h) var(--edge));text-underline-offset:.2em}
    .voice small{display:block;color:var(--soft)}
    .tables{grid-column:1/-1;font-size:.88rem;border-top:1px solid var(--line);padding:1.2rem 0 3rem}
    summary{cursor:pointer;font-weight:600;padding:.3rem 0}
    table{border-collapse:collapse;width:100%;margin:.3rem 0 1rem}
    caption{position:absolute;left:-99rem}
    th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-top:1px solid var(--line);font-weight:400}
    thead th{font-weight:600;border-top:0;color:var(--soft)}
    @media(prefers-contrast:more){.direct,.mixed{outline:1px solid currentColor}}
    @media print{main{display:block}aside{position:static;max-height:none;break-before:page}.skip,.legend{display:none}body{font-size:10.5pt}}
    """
}
