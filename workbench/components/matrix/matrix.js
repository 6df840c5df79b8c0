// sources sha256 d15fdcc545cb8e2ee929529e7d94eda3df8cae0f67ed15fa6de103a799097868; made by "npm run build" from src/, do not edit
var g={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},SOC:{
light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"#1\
73A34",dark:"#7BECC5"}};function v(o,t,e){let n=Object.keys(g).filter(p=>!t.includes(p)),r=t.filter(p=>!(p in g)),a=o in
g?o:n[r.indexOf(o)%Math.max(1,n.length)]??"";return g[a]?.[e]??"currentColor"}function k(o){let t=getComputedStyle(o).backgroundColor.
match(/[\d.]+/g)?.map(Number)??[],[e=255,n=255,r=255,a=1]=t;return a===0?"light":.2126*e+.7152*n+.0722*r<128?"dark":"lig\
ht"}function E(o,[t,e],n,r){switch(o){case"ArrowUp":return[t-1,e];case"ArrowDown":return[t+1,e];case"ArrowLeft":return[t,e-1];case"\
ArrowRight":return[t,e+1];case"Home":return[t,0];case"End":return[t,r-1];case"PageUp":return[Math.max(0,t-10),e];case"Pa\
geDown":return[Math.min(n-1,t+10),e];default:return null}}function M({page:o,above:t,legend:e,below:n,header:r,rows:a}){let p=Math.floor(o-t-e),l=Math.floor((p-r-2)/Math.max(1,a));
return{frame:Math.max(240,p-n),row:Math.min(19,Math.max(14,l))}}var A=`.tpm{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625E;--agr\
eement: #0B625E;--partial: #8A6100;--silence: #5A6068;--dissonance: #B3261E;width:100%;color:var(--ink);font:13px/1.2 -a\
pple-system,"Segoe UI",Inter,Roboto,sans-serif;font-variant-numeric:tabular-nums}.tpm[data-ground=dark]{--ground: #15181\
B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8E4DB;--soft: #A3A9B0;--accent: #6CCDC2;--agreement: #6CCDC2;--partial: #\
E3B341;--silence: #A3A9B0;--dissonance: #FF8A7A;color-scheme:dark}.tpm *,.tpm *::before{box-sizing:border-box}.tpm-probe\
{position:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);transition:backg\
round-color 1ms!important}.tpm-scroll{overflow:auto;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)\
;scrollbar-width:thin;scrollbar-color:var(--rule) transparent}.tpm-table{border-collapse:separate;border-spacing:0;table\
-layout:fixed;width:max-content;margin:0}.tpm-col-statement{width:420px}.tpm-col-source{width:78px}.tpm-col-pair{width:2\
8px}.tpm-col-whole{width:92px}.tpm-table th,.tpm-table td{padding:0;border:0;font-weight:400;text-align:left;vertical-al\
ign:middle;color:inherit;font-size:13px}.tpm-table thead th,.tpm-table thead td{position:sticky;z-index:2;background:var\
(--ground)}.tpm-groups th,.tpm-groups td{top:0;height:22px;color:var(--soft)!important;font-size:12px!important}.tpm-gro\
ups th{padding:0 0 0 6px!important;white-space:nowrap}.tpm-names th{top:22px;height:40px;border-bottom:1px solid var(--i\
nk)!important;font-weight:600!important;vertical-align:bottom!important;padding-bottom:5px!important}.tpm-names .tpm-sou\
rce{padding-left:6px;font-size:12px;line-height:1.15;overflow-wrap:break-word;hyphens:auto}.tpm-names .tpm-pair{text-ali\
gn:center;font-size:12px;letter-spacing:-.02em;white-space:nowrap}.tpm-table .tpm-corner,.tpm-table .tpm-statement,.tpm-\
level th{position:sticky;left:0;z-index:1;background:var(--ground)}.tpm-table thead .tpm-corner,.tpm-table thead .tpm-st\
atement{z-index:3}.tpm-names .tpm-statement{padding-left:12px}.tpm-level th,.tpm-level td{height:28px;background:var(--g\
round-2)!important;border-bottom:1px solid var(--rule)!important}.tpm-level th{padding-left:8px!important;font-weight:60\
0!important;color:var(--level)!important;border-left:4px solid var(--level)!important;white-space:nowrap;overflow:visibl\
e}.tpm-row>*{height:32px}.tpm-row+.tpm-first>*,.tpm-row+.tpm-level>*{border-top:1px solid var(--rule)!important}.tpm-row\
 .tpm-statement{border-left:4px solid transparent;padding:0 10px 0 8px;border-right:1px solid var(--rule)}.tpm-row .tpm-\
statement::before{content:"";position:absolute;left:-4px;top:0;bottom:0;width:2px;background:var(--level);opacity:.55}.t\
pm-theme,.tpm-words{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;float:left;line\
-height:15px}.tpm-theme{width:112px;padding-right:10px;color:var(--soft);font-size:12px}.tpm-again{visibility:hidden}.tp\
m-words{width:calc(100% - 112px)}.tpm-cell{cursor:pointer;position:relative}.tpm-cell:hover{background:var(--ground-2)}.\
tpm-chosen>*{background:var(--ground-2)!important}.tpm-cell[aria-selected=true]{box-shadow:inset 0 0 0 2px var(--accent)\
}.tpm-cell:focus{outline:none}.tpm-cell:focus-visible{outline:2px solid var(--accent);outline-offset:-2px;z-index:1}.tpm\
-says{display:grid;grid-template-columns:17px 1fr auto;align-items:center;padding:0 6px}.tpm-says b{font-size:15px;font-\
weight:600;white-space:nowrap}.tpm-bars,.tpm-key{font-size:8px;letter-spacing:0;color:var(--ink)}.tpm-count{color:var(--\
soft);font-size:12px}.tpm-table td.tpm-pair{text-align:center}.tpm-table .tpm-edge{border-left:1px solid var(--rule)!imp\
ortant}.tpm-symbol{font-size:15px;line-height:1;color:var(--soft);font-family:"DejaVu Sans","Segoe UI Symbol","Apple Sym\
bols",sans-serif}[data-code=agreement] .tpm-symbol,.tpm-symbol[data-code=agreement]{color:var(--agreement)}[data-code=pa\
rtial] .tpm-symbol,.tpm-symbol[data-code=partial]{color:var(--partial)}[data-code=silence] .tpm-symbol,.tpm-symbol[data-\
code=silence]{color:var(--silence)}[data-code=dissonance] .tpm-symbol,.tpm-symbol[data-code=dissonance]{color:var(--diss\
onance)}.tpm-band{display:none}.tpm-lines{display:flex;flex-direction:column;padding:3px 2px;font-size:11px;line-height:\
14px;white-space:nowrap}.tpm-source .tpm-lines{padding-left:6px}.tpm-line[data-code=agreement]{color:var(--agreement)}.t\
pm-line[data-code=partial]{color:var(--partial)}.tpm-line[data-code=silence]{color:var(--silence)}.tpm-line[data-code=di\
ssonance]{color:var(--dissonance)}.tpm-table td.tpm-whole,.tpm-names .tpm-whole{text-align:left;padding-left:6px;white-s\
pace:normal}.tpm-whole .tpm-symbol{font-size:12px;white-space:nowrap}.tpm[data-density=compact] .tpm-table{width:100%;mi\
n-width:calc((var(--tpm-fixed) + 62 + 340) * 1px)}.tpm[data-density=compact] .tpm-col-statement{width:auto}.tpm[data-den\
sity=compact] .tpm-col-source{width:65px}.tpm[data-density=compact] .tpm-col-pair{width:25px}.tpm[data-density=compact] \
.tpm-col-whole{width:62px}.tpm[data-density=compact] .tpm-groups{display:none}.tpm[data-density=compact] .tpm-names th{t\
op:0;height:36px;padding-bottom:2px!important;font-size:12px;line-height:1.1}.tpm[data-density=compact] .tpm-names .tpm-\
source{font-size:10.5px;line-height:1.05;padding-left:3px;letter-spacing:-.01em}.tpm[data-density=compact] .tpm-names .t\
pm-source>span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}.tpm[data-density=co\
mpact] .tpm-names .tpm-whole{white-space:normal}.tpm[data-density=compact] .tpm-names .tpm-pair{font-size:11px}.tpm[data\
-density=compact] .tpm-row>*{height:var(--tpm-row, 17px);font-size:12px;line-height:1}.tpm[data-density=compact] .tpm-ro\
w+.tpm-first>*{border-top:0!important}.tpm[data-density=compact] .tpm-row>*{border-bottom:1px solid color-mix(in srgb,va\
r(--rule) 45%,transparent)!important}.tpm[data-density=compact] .tpm-row.tpm-opens>*{box-shadow:inset 0 1px 0 var(--leve\
l)}.tpm[data-density=compact] .tpm-row .tpm-statement{display:table-cell;padding:0 8px 0 0;border-left:0;white-space:now\
rap;overflow:hidden}.tpm[data-density=compact] .tpm-row .tpm-statement::before{left:0;width:4px;opacity:1}.tpm[data-dens\
ity=compact] .tpm-band{display:inline-block;width:38px;padding-left:9px;font-size:11px;font-weight:700;color:var(--level\
);float:left;line-height:calc(var(--tpm-row, 17px) - 1px);visibility:hidden}.tpm[data-density=compact] .tpm-opens .tpm-b\
and{visibility:visible}.tpm[data-density=compact] .tpm-theme,.tpm[data-density=compact] .tpm-words{display:block;line-he\
ight:calc(var(--tpm-row, 17px) - 1px);height:calc(var(--tpm-row, 17px) - 1px);white-space:nowrap;overflow:hidden;text-ov\
erflow:ellipsis}.tpm[data-density=compact] .tpm-theme{width:124px;font-size:11px}.tpm[data-density=compact] .tpm-words{w\
idth:calc(100% - 162px)}.tpm[data-density=compact] .tpm-says{padding:0 4px;grid-template-columns:14px 1fr auto}.tpm[data\
-density=compact] .tpm-says b{font-size:13px}.tpm[data-density=compact] .tpm-bars{font-size:7px}.tpm[data-density=compac\
t] .tpm-count{font-size:11px}.tpm[data-density=compact] .tpm-symbol{font-size:13px}.tpm[data-density=compact] .tpm-whole\
 .tpm-symbol{font-size:11px}.tpm[data-density=compact] .tpm-changed{border-bottom-width:1px}.tpm[data-density=compact] .\
tpm-legend li{gap:3px}.tpm[data-density=compact] .tpm-legend .tpm-symbol,.tpm[data-density=compact] .tpm-legend .tpm-key\
{font-size:11px}.tpm[data-density=compact] .tpm-legend{gap:1px 8px;margin-top:3px;font-size:10.5px}.tpm-changed{border-b\
ottom:2px dotted currentColor}.tpm-legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:8px 0 0;paddin\
g:0;color:var(--soft);font-size:12px}.tpm-legend li{display:flex;gap:5px;align-items:center;margin:0;padding:0}.tpm-lege\
nd .tpm-symbol{font-size:13px}.tpm-legend .tpm-key{font-size:12px;color:var(--ink);font-weight:600}@media(max-width:760p\
x){.tpm-col-statement{width:240px}.tpm-theme{display:none}.tpm-words{width:100%}}@media(forced-colors:active){.tpm-cell[\
aria-selected=true]{outline:2px solid Highlight}}
`;var H=65,S=25,b=class{root=i("div","tpm");probe=i("i","tpm-probe");drawn="";data=null;select=()=>{};grid=[];cursor=[0,0];onResize=()=>this.
fit();constructor(t){let e=document.createElement("style");e.textContent=A,this.probe.setAttribute("aria-hidden","true"),
this.probe.addEventListener("transitionend",()=>this.colour()),this.root.dataset.trigpoint="matrix",this.root.addEventListener(
"keydown",n=>this.onKey(n)),this.root.addEventListener("click",n=>this.onClick(n)),t.append(e,this.probe,this.root),window.
addEventListener("resize",this.onResize)}update(t,e){this.select=e,this.data=t;let{selected:n,...r}=t,a=JSON.stringify(r);
a!==this.drawn&&(this.draw(t),this.drawn=a),this.mark(t.selected),this.fit(),requestAnimationFrame(()=>this.fit()),setTimeout(
()=>this.fit(),250)}destroy(){window.removeEventListener("resize",this.onResize),this.root.remove(),this.probe.remove()}draw(t){
let e=this.root.querySelector(".tpm-scroll"),[n,r]=[e?.scrollLeft??0,e?.scrollTop??0],a=this.root.contains(document.activeElement);
this.root.dataset.density=t.density;let p=i("table","tpm-table");p.style.setProperty("--tpm-fixed",String(t.sources.length*
H+t.pairs.length*S)),p.setAttribute("role","grid"),p.setAttribute("aria-label",t.name),this.grid=[],p.append(D(t),R(t),this.
body(t));let l=i("div","tpm-scroll");l.append(p),this.root.replaceChildren(l,_(t)),this.root.dataset.rows=String(t.rows.
length),this.colour(),l.scrollTo(n,r);let c=Math.min(this.cursor[0],Math.max(0,this.grid.length-1));this.cursor=[c,Math.
min(this.cursor[1],Math.max(0,(this.grid[c]?.length??1)-1))],this.current()?.element.setAttribute("tabindex","0"),a&&this.
current()?.element.focus({preventScroll:!0})}body(t){let e=i("tbody"),n=null,r=null;for(let a of t.rows){let p=a.level!==
n;p&&t.by_level&&t.density==="roomy"&&e.append(B(a,t)),e.append(this.statementRow(a,t,a.theme!==r,p)),[n,r]=[a.level,a.theme]}
return e}statementRow(t,e,n,r){let a=i("tr",`tpm-row${n?" tpm-first":""}${r?" tpm-opens":""}`);a.dataset.level=t.level;let p=i(
"th","tpm-statement");p.scope="row",p.title=[t.level_label,t.theme_label,t.words].filter(s=>s!=="").join(`
`);let l=i("span","tpm-band",t.level_short);l.setAttribute("aria-hidden","true"),p.append(l);let c=i("span","tpm-theme",
t.theme_label);n||c.classList.add("tpm-again"),p.append(c,i("span","tpm-words",t.words)),a.append(p);let m=[];if(t.sources.
forEach((s,u)=>{let h=e.sources[u]??"",d=P(s);d.dataset.source=h,m.push({element:d,place:{...w(t),kind:"source",sources:[
h]}})}),t.pairs.forEach((s,u)=>{let h=e.pairs[u]??["",""],d=C(s);d.dataset.pair=h.join("|"),u===0&&d.classList.add("tpm-\
edge"),m.push({element:d,place:{...w(t),kind:"pair",sources:h}})}),t.whole!==null){let s=C(t.whole);s.classList.add("tpm\
-whole","tpm-edge"),s.dataset.whole="",m.push({element:s,place:{...w(t),kind:"row",sources:[]}})}for(let{element:s}of m)
s.dataset.row=t.statement||t.theme,s.dataset.theme=t.theme;return a.append(...m.map(({element:s})=>s)),this.grid.push(m),
a}mark(t){this.grid.forEach((e,n)=>{let r=e.findIndex(({place:a})=>t!==null&&F(a,t));e.forEach(({element:a},p)=>a.setAttribute(
"aria-selected",String(p===r))),e[0]?.element.parentElement?.classList.toggle("tpm-chosen",r>=0),r>=0&&this.moveTo(n,r,!1)})}colour(){
let t=k(this.probe);this.root.dataset.ground=t;for(let e of this.root.querySelectorAll("tr[data-level]"))e.style.setProperty(
"--level",v(e.dataset.level??"",this.data?.levels??[],t))}fit(){let t=this.root.querySelector(".tpm-scroll"),e=t?.querySelector(
"thead");if(t===null||e==null||this.data===null)return;let n=t.closest("[data-testid=stMain]"),r=t.getBoundingClientRect().
top+(n?.scrollTop??0);if(r<=0)return;let a=this.root.querySelector(".tpm-legend")?.getBoundingClientRect().height??0,{frame:p,
row:l}=M({page:window.innerHeight,above:r,legend:a+8,below:this.data.below,header:e.getBoundingClientRect().height,rows:this.
data.rows.length});t.style.maxHeight=`${p}px`,this.root.style.setProperty("--tpm-row",`${l}px`),this.data.selected!==null&&
this.showChosen(t,e.getBoundingClientRect().height)}showChosen(t,e){let n=this.root.querySelector(".tpm-chosen");if(n===
null)return;let[r,a]=[n.offsetTop-e,n.offsetTop+n.offsetHeight-t.clientHeight];t.scrollTop>r?t.scrollTop=r:t.scrollTop<a&&
(t.scrollTop=a)}current(){return this.grid[this.cursor[0]]?.[this.cursor[1]]}moveTo(t,e,n){let r=this.grid[t]?.[e];r!==void 0&&
(this.current()?.element.setAttribute("tabindex","-1"),this.cursor=[t,e],r.element.setAttribute("tabindex","0"),n&&r.element.
focus())}onKey(t){if(!(t.target instanceof HTMLElement)||t.target.getAttribute("role")!=="gridcell"||t.ctrlKey||t.metaKey||
t.altKey)return;let[e,n]=this.cursor,r=E(t.key,[e,n],this.grid.length,this.grid[e]?.length??0);if(r!==null)this.moveTo(...r,
!0);else if(t.key==="Enter"||t.key===" ")this.choose(this.current());else{t.key.length===1&&t.stopPropagation();return}t.
preventDefault(),t.stopPropagation()}onClick(t){let e=t.target instanceof Element?t.target.closest("[role=gridcell]"):null;
this.grid.forEach((n,r)=>n.forEach((a,p)=>{a.element===e&&(this.moveTo(r,p,!0),this.choose(a))}))}choose(t){t!==void 0&&
(this.mark(t.place),this.select(t.place))}};function D(o){let t=i("colgroup");return t.append(i("col","tpm-col-statement")),
o.sources.forEach(()=>t.append(i("col","tpm-col-source"))),o.pairs.forEach(()=>t.append(i("col","tpm-col-pair"))),o.whole_head!==
null&&t.append(i("col","tpm-col-whole")),t}function R(o){let t=i("tr","tpm-groups");t.append(i("td","tpm-corner"),y(o.words.
what_sources_say,o.sources.length,"")),o.pairs.length>0&&t.append(y(o.words.pairs,o.pairs.length,"tpm-edge")),o.whole_head!==
null&&t.append(y(o.words.whole,1,"tpm-edge"));let e=i("tr","tpm-names");e.append(f(o.words.statement,"","tpm-statement")),
o.source_heads.forEach(r=>e.append(f(r.short,r.name,"tpm-source"))),o.pair_heads.forEach((r,a)=>e.append(f(r.short,r.name,
a===0?"tpm-pair tpm-edge":"tpm-pair"))),o.whole_head!==null&&e.append(f(o.whole_head.short,o.whole_head.name,"tpm-pair t\
pm-whole tpm-edge"));let n=i("thead");return n.append(t,e),n}function y(o,t,e){let n=i("th",e,o);return n.scope="colgrou\
p",n.colSpan=Math.max(1,t),n}function f(o,t,e){let n=i("th",e);return n.append(i("span","",o)),n.scope="col",t!==""&&(n.
title=t,n.setAttribute("aria-label",t)),n}function B(o,t){let e=i("tr","tpm-level");e.dataset.level=o.level;let n=i("th",
"",o.level_label);n.scope="rowgroup";let r=i("td");return r.colSpan=t.sources.length+t.pairs.length+(t.whole_head===null?
0:1),e.append(n,r),e}function P(o){let t=L(o.said,"tpm-source");if(o.lines.length>0)return t.append(T(o.lines)),t;let e=i(
"span","tpm-says");return e.append(i("b","",o.valence),i("span","tpm-bars",o.prominence),i("span","tpm-count",o.count)),
e.setAttribute("aria-hidden","true"),t.append(e),t}function C(o){let t=L(o.said,"tpm-pair");if(o.lines.length>0)return t.
append(T(o.lines)),t;t.dataset.code=o.code;let e=i("span",o.changed?"tpm-symbol tpm-changed":"tpm-symbol",o.symbol);return e.
setAttribute("aria-hidden","true"),t.append(e),t}function T(o){let t=i("span","tpm-lines");t.setAttribute("aria-hidden",
"true");for(let[e,n]of o){let r=i("span","tpm-line",n);r.dataset.code=e,t.append(r)}return t}function L(o,t){let e=i("td",
`tpm-cell ${t}`);return e.setAttribute("role","gridcell"),e.setAttribute("tabindex","-1"),e.title=o,e.setAttribute("aria\
-label",o),e}function _(o){let t=i("ul","tpm-legend");t.setAttribute("aria-label",o.words.legend);for(let[e,n,r]of o.legend){
let a=i("li"),p=i("span",r===""?"tpm-key":"tpm-symbol",e);p.setAttribute("aria-hidden","true"),p.dataset.code=r,a.append(
p,i("span","",n)),t.append(a)}return t}function w(o){return{theme:o.theme,statement:o.statement}}function F(o,t){return o.
theme===t.theme&&o.statement===t.statement&&o.kind===t.kind&&o.sources.join("|")===t.sources.join("|")}function i(o,t="",e=""){
let n=document.createElement(o);return t!==""&&(n.className=t),e!==""&&(n.textContent=e),n}var x=new WeakMap;function O({data:o,parentElement:t,setStateValue:e}){let n=x.get(t);return n===void 0&&(n=new b(t),x.set(
t,n)),n.update(o,r=>e("selected",r)),()=>{x.get(t)?.destroy(),x.delete(t)}}export{O as default};
