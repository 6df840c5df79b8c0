// sources sha256 8933e689d0a6fc26a6ef4872f606386845b4c2f9c52a4bdf5161ef7e4b8e8056; made by "npm run build" from src/, do not edit
var u={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},SOC:{
light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"#1\
73A34",dark:"#7BECC5"}};function f(o,t,e){let r=Object.keys(u).filter(l=>!t.includes(l)),n=t.filter(l=>!(l in u)),a=o in
u?o:r[n.indexOf(o)%Math.max(1,r.length)]??"";return u[a]?.[e]??"currentColor"}function x(o){let t=getComputedStyle(o).backgroundColor.
match(/[\d.]+/g)?.map(Number)??[],[e=255,r=255,n=255,a=1]=t;return a===0?"light":.2126*e+.7152*r+.0722*n<128?"dark":"lig\
ht"}var v=`.tpm{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625E;--agr\
eement: #0B625E;--partial: #8A6100;--silence: #5A6068;--dissonance: #B3261E;width:100%;color:var(--ink);font:13px/1.2 -a\
pple-system,"Segoe UI",Inter,Roboto,sans-serif;font-variant-numeric:tabular-nums}.tpm[data-ground=dark]{--ground: #15181\
B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8E4DB;--soft: #A3A9B0;--accent: #6CCDC2;--agreement: #6CCDC2;--partial: #\
E3B341;--silence: #A3A9B0;--dissonance: #FF8A7A;color-scheme:dark}.tpm *,.tpm *::before{box-sizing:border-box}.tpm-probe\
{position:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);transition:backg\
round-color 1ms!important}.tpm-scroll{max-height:max(320px,calc(100vh - var(--tpm-above, 262px)));overflow:auto;border-t\
op:1px solid var(--rule);border-bottom:1px solid var(--rule);scrollbar-width:thin;scrollbar-color:var(--rule) transparen\
t}.tpm-table{border-collapse:separate;border-spacing:0;table-layout:fixed;width:max-content;margin:0}.tpm-col-statement{\
width:420px}.tpm-col-source{width:78px}.tpm-col-pair{width:28px}.tpm-table th,.tpm-table td{padding:0;border:0;font-weig\
ht:400;text-align:left;vertical-align:middle;color:inherit;font-size:13px}.tpm-table thead th,.tpm-table thead td{positi\
on:sticky;z-index:2;background:var(--ground)}.tpm-groups th,.tpm-groups td{top:0;height:22px;color:var(--soft)!important\
;font-size:12px!important}.tpm-groups th{padding:0 0 0 6px!important;white-space:nowrap}.tpm-names th{top:22px;height:40\
px;border-bottom:1px solid var(--ink)!important;font-weight:600!important;vertical-align:bottom!important;padding-bottom\
:5px!important}.tpm-names .tpm-source{padding-left:6px;font-size:12px;line-height:1.15;overflow-wrap:break-word;hyphens:\
auto}.tpm-names .tpm-pair{text-align:center;font-size:12px;letter-spacing:-.02em;white-space:nowrap}.tpm-table .tpm-corn\
er,.tpm-table .tpm-statement,.tpm-level th{position:sticky;left:0;z-index:1;background:var(--ground)}.tpm-table thead .t\
pm-corner,.tpm-table thead .tpm-statement{z-index:3}.tpm-names .tpm-statement{padding-left:12px}.tpm-level th,.tpm-level\
 td{height:28px;background:var(--ground-2)!important;border-bottom:1px solid var(--rule)!important}.tpm-level th{padding\
-left:8px!important;font-weight:600!important;color:var(--level)!important;border-left:4px solid var(--level)!important;\
white-space:nowrap;overflow:visible}.tpm-row>*{height:32px}.tpm-row+.tpm-first>*,.tpm-row+.tpm-level>*{border-top:1px so\
lid var(--rule)!important}.tpm-row .tpm-statement{border-left:4px solid transparent;padding:0 10px 0 8px;border-right:1p\
x solid var(--rule)}.tpm-row .tpm-statement::before{content:"";position:absolute;left:-4px;top:0;bottom:0;width:2px;back\
ground:var(--level);opacity:.55}.tpm-theme,.tpm-words{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp\
:2;overflow:hidden;float:left;line-height:15px}.tpm-theme{width:112px;padding-right:10px;color:var(--soft);font-size:12p\
x}.tpm-again{visibility:hidden}.tpm-words{width:calc(100% - 112px)}.tpm-cell{cursor:pointer;position:relative}.tpm-cell:\
hover{background:var(--ground-2)}.tpm-chosen>*{background:var(--ground-2)!important}.tpm-cell[aria-selected=true]{box-sh\
adow:inset 0 0 0 2px var(--accent)}.tpm-cell:focus{outline:none}.tpm-cell:focus-visible{outline:2px solid var(--accent);\
outline-offset:-2px;z-index:1}.tpm-says{display:grid;grid-template-columns:17px 1fr auto;align-items:center;padding:0 6p\
x}.tpm-says b{font-size:15px;font-weight:600;white-space:nowrap}.tpm-bars,.tpm-key{font-size:8px;letter-spacing:0;color:\
var(--ink)}.tpm-count{color:var(--soft);font-size:12px}.tpm-table td.tpm-pair{text-align:center}.tpm-table .tpm-edge{bor\
der-left:1px solid var(--rule)!important}.tpm-symbol{font-size:15px;line-height:1;color:var(--soft);font-family:"DejaVu \
Sans","Segoe UI Symbol","Apple Symbols",sans-serif}[data-code=agreement] .tpm-symbol,.tpm-symbol[data-code=agreement]{co\
lor:var(--agreement)}[data-code=partial] .tpm-symbol,.tpm-symbol[data-code=partial]{color:var(--partial)}[data-code=sile\
nce] .tpm-symbol,.tpm-symbol[data-code=silence]{color:var(--silence)}[data-code=dissonance] .tpm-symbol,.tpm-symbol[data\
-code=dissonance]{color:var(--dissonance)}.tpm-changed{border-bottom:2px dotted currentColor}.tpm-legend{list-style:none\
;display:flex;flex-wrap:wrap;gap:4px 16px;margin:8px 0 0;padding:0;color:var(--soft);font-size:12px}.tpm-legend li{displ\
ay:flex;gap:5px;align-items:center;margin:0;padding:0}.tpm-legend .tpm-symbol{font-size:13px}.tpm-legend .tpm-key{font-s\
ize:12px;color:var(--ink);font-weight:600}@media(max-width:760px){.tpm-col-statement{width:240px}.tpm-theme{display:none\
}.tpm-words{width:100%}}@media(forced-colors:active){.tpm-cell[aria-selected=true]{outline:2px solid Highlight}}
`;var h=class{root=i("div","tpm");probe=i("i","tpm-probe");drawn="";data=null;select=()=>{};grid=[];cursor=[0,0];constructor(t){
let e=document.createElement("style");e.textContent=v,this.probe.setAttribute("aria-hidden","true"),this.probe.addEventListener(
"transitionend",()=>this.colour()),this.root.dataset.trigpoint="matrix",this.root.addEventListener("keydown",r=>this.onKey(
r)),this.root.addEventListener("click",r=>this.onClick(r)),t.append(e,this.probe,this.root)}update(t,e){this.select=e,this.
data=t;let{selected:r,...n}=t,a=JSON.stringify(n);a!==this.drawn&&(this.draw(t),this.drawn=a),this.mark(t.selected)}destroy(){
this.root.remove(),this.probe.remove()}draw(t){let e=this.root.querySelector(".tpm-scroll"),[r,n]=[e?.scrollLeft??0,e?.scrollTop??
0],a=this.root.contains(document.activeElement),l=i("table","tpm-table");l.setAttribute("role","grid"),l.setAttribute("a\
ria-label",t.name),this.grid=[],l.append(M(t),A(t),this.body(t));let p=i("div","tpm-scroll");p.append(l),this.root.replaceChildren(
p,D(t)),this.root.dataset.rows=String(t.rows.length),this.colour(),p.scrollTo(r,n);let s=Math.min(this.cursor[0],Math.max(
0,this.grid.length-1));this.cursor=[s,Math.min(this.cursor[1],Math.max(0,(this.grid[s]?.length??1)-1))],this.current()?.
element.setAttribute("tabindex","0"),a&&this.current()?.element.focus({preventScroll:!0})}body(t){let e=i("tbody"),r=null,
n=null;for(let a of t.rows)a.level!==r&&e.append(C(a,t)),e.append(this.statementRow(a,t,a.theme!==n)),[r,n]=[a.level,a.theme];
return e}statementRow(t,e,r){let n=i("tr",r?"tpm-row tpm-first":"tpm-row");n.dataset.level=t.level;let a=i("th","tpm-sta\
tement");a.scope="row",a.title=`${t.theme} ${t.theme_label}
${t.statement||t.theme_label}`;let l=i("span","tpm-theme",t.theme_label);r||l.classList.add("tpm-again"),a.append(l,i("s\
pan","tpm-words",t.statement||t.theme_label)),n.append(a);let p=[];t.sources.forEach((s,c)=>{let d=e.sources[c]??"",m=T(
s);m.dataset.source=d,p.push({element:m,place:{...w(t),kind:"source",sources:[d]}})}),t.pairs.forEach((s,c)=>{let d=e.pairs[c]??
["",""],m=L(s);m.dataset.pair=d.join("|"),c===0&&m.classList.add("tpm-edge"),p.push({element:m,place:{...w(t),kind:"pair",
sources:d}})});for(let{element:s}of p)s.dataset.row=t.statement||t.theme,s.dataset.theme=t.theme;return n.append(...p.map(
({element:s})=>s)),this.grid.push(p),n}mark(t){this.grid.forEach((e,r)=>{let n=e.findIndex(({place:a})=>t!==null&&H(a,t));
e.forEach(({element:a},l)=>a.setAttribute("aria-selected",String(l===n))),e[0]?.element.parentElement?.classList.toggle(
"tpm-chosen",n>=0),n>=0&&this.moveTo(r,n,!1)})}colour(){let t=x(this.probe);this.root.dataset.ground=t;for(let e of this.
root.querySelectorAll("tr[data-level]"))e.style.setProperty("--level",f(e.dataset.level??"",this.data?.levels??[],t))}current(){
return this.grid[this.cursor[0]]?.[this.cursor[1]]}moveTo(t,e,r){let n=this.grid[t]?.[e];n!==void 0&&(this.current()?.element.
setAttribute("tabindex","-1"),this.cursor=[t,e],n.element.setAttribute("tabindex","0"),r&&n.element.focus())}onKey(t){if(!(t.
target instanceof HTMLElement)||t.target.getAttribute("role")!=="gridcell"||t.ctrlKey||t.metaKey||t.altKey)return;let[e,
r]=this.cursor,n=(this.grid[e]?.length??1)-1,l={ArrowUp:[e-1,r],ArrowDown:[e+1,r],ArrowLeft:[e,r-1],ArrowRight:[e,r+1],Home:[
e,0],End:[e,n],PageUp:[Math.max(0,e-10),r],PageDown:[Math.min(this.grid.length-1,e+10),r]}[t.key];if(l!==void 0)this.moveTo(
...l,!0);else if(t.key==="Enter"||t.key===" ")this.choose(this.current());else{t.key.length===1&&t.stopPropagation();return}
t.preventDefault(),t.stopPropagation()}onClick(t){let e=t.target instanceof Element?t.target.closest("[role=gridcell]"):
null;this.grid.forEach((r,n)=>r.forEach((a,l)=>{a.element===e&&(this.moveTo(n,l,!0),this.choose(a))}))}choose(t){t!==void 0&&
(this.mark(t.place),this.select(t.place))}};function M(o){let t=i("colgroup");return t.append(i("col","tpm-col-statement")),
o.sources.forEach(()=>t.append(i("col","tpm-col-source"))),o.pairs.forEach(()=>t.append(i("col","tpm-col-pair"))),t}function A(o){
let t=i("tr","tpm-groups");t.append(i("td","tpm-corner"),y(o.words.what_sources_say,o.sources.length,"")),o.pairs.length>
0&&t.append(y(o.words.pairs,o.pairs.length,"tpm-edge"));let e=i("tr","tpm-names");e.append(b(o.words.statement,"","tpm-s\
tatement")),o.source_heads.forEach(n=>e.append(b(n.short,n.name,"tpm-source"))),o.pair_heads.forEach((n,a)=>e.append(b(n.
short,n.name,a===0?"tpm-pair tpm-edge":"tpm-pair")));let r=i("thead");return r.append(t,e),r}function y(o,t,e){let r=i("\
th",e,o);return r.scope="colgroup",r.colSpan=Math.max(1,t),r}function b(o,t,e){let r=i("th",e,o);return r.scope="col",t!==
""&&(r.title=t,r.setAttribute("aria-label",t)),r}function C(o,t){let e=i("tr","tpm-level");e.dataset.level=o.level;let r=i(
"th","",o.level_label);r.scope="rowgroup";let n=i("td");return n.colSpan=t.sources.length+t.pairs.length,e.append(r,n),e}
function T(o){let t=k(o.said,"tpm-source"),e=i("span","tpm-says");return e.append(i("b","",o.valence),i("span","tpm-bars",
o.prominence),i("span","tpm-count",o.count)),e.setAttribute("aria-hidden","true"),t.append(e),t}function L(o){let t=k(o.
said,"tpm-pair");t.dataset.code=o.code;let e=i("span",o.changed?"tpm-symbol tpm-changed":"tpm-symbol",o.symbol);return e.
setAttribute("aria-hidden","true"),t.append(e),t}function k(o,t){let e=i("td",`tpm-cell ${t}`);return e.setAttribute("ro\
le","gridcell"),e.setAttribute("tabindex","-1"),e.title=o,e.setAttribute("aria-label",o),e}function D(o){let t=i("ul","t\
pm-legend");t.setAttribute("aria-label",o.words.legend);for(let[e,r,n]of o.legend){let a=i("li"),l=i("span",n===""?"tpm-\
key":"tpm-symbol",e);l.setAttribute("aria-hidden","true"),l.dataset.code=n,a.append(l,i("span","",r)),t.append(a)}return t}
function w(o){return{theme:o.theme,statement:o.statement}}function H(o,t){return o.theme===t.theme&&o.statement===t.statement&&
o.kind===t.kind&&o.sources.join("|")===t.sources.join("|")}function i(o,t="",e=""){let r=document.createElement(o);return t!==
""&&(r.className=t),e!==""&&(r.textContent=e),r}var g=new WeakMap;function S({data:o,parentElement:t,setStateValue:e}){let r=g.get(t);return r===void 0&&(r=new h(t),g.set(
t,r)),r.update(o,n=>e("selected",n)),()=>{g.get(t)?.destroy(),g.delete(t)}}export{S as default};
