// sources sha256 a3aa9a16c0d8c47647a7e6a5347998a5d19cbf005df5f70c6e964bd558e94e5b; made by "npm run build" from src/, do not edit
function b(n){let t=getComputedStyle(n).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[e=255,r=255,i=255,o=1]=t;return o===
0?"light":.2126*e+.7152*r+.0722*i<128?"dark":"light"}function k(n,t){return n.filter(e=>e.state==="in force"&&e.parent===t)}function p(n,t){return n.find(e=>e.key===t)}function c(n,t,e){
for(let r=p(n,t);r!==void 0;r=p(n,r.parent))if(r.key===e)return!0;return!1}function x(n,t,e){let r=p(n,t);if(r===void 0)
return null;let i=k(n,r.parent),o=i.findIndex(l=>l.key===t),s=i[o-1];switch(e){case"ArrowUp":return s===void 0?null:{parent:r.
parent,before:s.key};case"ArrowDown":return i[o+1]===void 0?null:{parent:r.parent,before:i[o+2]?.key??null};case"ArrowRi\
ght":return s===void 0?null:{parent:s.key,before:null};case"ArrowLeft":return w(n,r.parent);default:return null}}function L(n,t,e,r){
let i=p(n,e);if(i===void 0||i.state!=="in force"||c(n,e,t))return null;let o={parent:e,before:null};return r==="before"&&
(o={parent:i.parent,before:e}),r==="after"&&(o=w(n,e)),o===null||A(n,t,o)?null:o}function w(n,t){let e=p(n,t);if(e===void 0)
return null;let r=k(n,e.parent),i=r.findIndex(o=>o.key===t);return{parent:e.parent,before:r[i+1]?.key??null}}function A(n,t,e){
if(e.before===t)return!0;let r=p(n,t),i=w(n,t);return r!==void 0&&r.parent===e.parent&&i?.before===e.before}var E=`.tpt{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625E;width\
:100%;color:var(--ink);font:14px/1.25 var(--st-font, -apple-system, "Segoe UI", Inter, Roboto, sans-serif);font-variant-\
numeric:tabular-nums}.tpt[data-ground=dark]{--ground: #15181B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8E4DB;--soft:\
 #A3A9B0;--accent: #6CCDC2;color-scheme:dark}.tpt *,.tpt *::before{box-sizing:border-box}.tpt-probe{position:absolute;wi\
dth:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);transition:background-color 1ms!impor\
tant}.tpt-list{list-style:none;margin:0;padding:0;max-height:max(320px,calc(100vh - var(--tpt-above, 236px)));overflow:a\
uto;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);scrollbar-width:thin;scrollbar-color:var(--rule\
) transparent}.tpt-row{display:grid;grid-template-columns:20px 14px 1fr auto 44px;align-items:center;min-height:30px;mar\
gin:0!important;padding:0 8px 0 calc(4px + var(--depth) * 18px)!important;cursor:pointer;position:relative;font-size:14p\
x}.tpt-row:hover{background:var(--ground-2)}.tpt-row[aria-selected=true]{background:var(--ground-2);box-shadow:inset 3px\
 0 0 var(--accent)}.tpt-row:focus{outline:none}.tpt-row:focus-visible{outline:2px solid var(--accent);outline-offset:-2p\
x;z-index:1}.tpt-row[aria-level="1"] .tpt-label{font-weight:600}.tpt-twisty{min-height:24px;display:grid;place-items:cen\
ter;color:var(--soft);font-size:12px}.tpt-colour{width:9px;height:9px;background:var(--code, currentColor);border-radius\
:1px}.tpt-row[aria-level="1"] .tpt-colour{width:11px;height:11px}.tpt-label{overflow:hidden;text-overflow:ellipsis;white\
-space:nowrap;padding-right:10px}.tpt-key{color:var(--soft);font-size:12px;max-width:130px;overflow:hidden;text-overflow\
:ellipsis;white-space:nowrap}.tpt-count{text-align:right}.tpt-busy{opacity:.55}.tpt-row[data-state=retired] .tpt-label{c\
olor:var(--soft);text-decoration:line-through;font-weight:400}.tpt-row[data-state=proposed] .tpt-label{font-style:italic\
;font-weight:400}.tpt-group{margin:0!important;padding:10px 8px 4px!important;color:var(--soft);font-size:12px;border-to\
p:1px solid var(--rule)}.tpt-row[data-drop=under]{background:color-mix(in srgb,var(--accent) 16%,transparent)}.tpt-row[d\
ata-drop=before]{box-shadow:inset 0 2px 0 var(--accent)}.tpt-row[data-drop=after]{box-shadow:inset 0 -2px 0 var(--accent\
)}.tpt-input{grid-column:3 / 5;min-width:0;height:24px;margin-right:8px;padding:0 6px;font:inherit;color:var(--ink);back\
ground:var(--ground);border:1px solid var(--accent);border-radius:3px;outline:none}.tpt-status{margin:6px 0 0;color:var(\
--soft);font-size:12px}@media(forced-colors:active){.tpt-row[aria-selected=true]{outline:2px solid Highlight}}
`;var C=1e4,f=class{root=a("div","tpt");probe=a("i","tpt-probe");list=a("ul","tpt-list");status=a("p","tpt-status");data=null;answers={
select:()=>{},send:()=>{}};rows=new Map;closed=new Set;cursor=null;waiting=[];inFlight=!1;attempts=0;timer=0;dragged=null;typed={
text:"",at:0};constructor(t){let e=document.createElement("style");e.textContent=E,this.probe.setAttribute("aria-hidden",
"true"),this.probe.addEventListener("transitionend",()=>this.colour()),this.root.dataset.trigpoint="tree",this.list.setAttribute(
"role","tree"),this.status.setAttribute("role","status"),this.list.addEventListener("keydown",r=>this.onKey(r)),this.list.
addEventListener("click",r=>this.onClick(r)),this.list.addEventListener("dblclick",r=>this.onDoubleClick(r));for(let r of[
"dragstart","dragover","dragleave","drop","dragend"])this.list.addEventListener(r,i=>this.onDrag(r,i));this.root.append(
this.list,this.status),t.append(e,this.probe,this.root)}update(t,e){this.answers=e;let r=this.data!==null&&this.data.book!==
t.book,i=this.data?.lines.map(s=>s.key)??[];this.data=t,r&&(this.closed.clear(),this.cursor=null);let o=this.waiting.length;
if(this.waiting=this.waiting.filter(s=>!t.acked.includes(s.id)),this.waiting.length<o&&(this.inFlight=!1,clearTimeout(this.
timer)),i.length>0&&!r&&document.activeElement?.closest(".tpt")===this.root){let s=t.lines.find(l=>!i.includes(l.key)&&l.
state==="in force");s!==void 0&&(this.cursor=s.key)}this.root.querySelector("input")===null?this.draw():this.mark(),this.
flush()}destroy(){clearTimeout(this.timer),this.root.remove(),this.probe.remove()}get lines(){return this.data?.lines??[]}line(t){
return this.lines.find(e=>e.key===t)}isOpen(t){return!this.closed.has(t.key)}hasBelow(t){return this.lines.some(e=>e.parent===
t&&e.state==="in force")}isShown(t){if(t.state!=="in force")return!0;for(let e=this.line(t.parent);e!==void 0;e=this.line(
e.parent))if(this.closed.has(e.key))return!1;return!0}shown(){return this.lines.filter(t=>this.isShown(t))}draw(){let t=this.
data;if(t===null)return;let e=this.list.contains(document.activeElement),r=this.list.scrollTop;this.list.setAttribute("a\
ria-label",t.name),this.rows=new Map;let i=[],o="in force";for(let s of this.shown()){s.state!==o&&i.push(a("li","tpt-gr\
oup",t.words[s.state])),s.state!==o&&i.at(-1)?.setAttribute("role","presentation"),o=s.state;let l=this.row(s,t);this.rows.
set(s.key,l),i.push(l)}this.list.replaceChildren(...i),this.list.scrollTop=r,this.root.dataset.rows=String(this.rows.size),
(this.cursor===null||!this.rows.has(this.cursor))&&(this.cursor=t.selected!==null&&this.rows.has(t.selected)?t.selected:
this.shown()[0]?.key??null),this.mark(),this.colour(),e&&this.current()?.focus({preventScroll:!1})}row(t,e){let r=a("li",
"tpt-row");r.setAttribute("role","treeitem"),r.setAttribute("aria-level",String(t.depth+1)),r.setAttribute("aria-label",
`${t.label}, ${t.key}, ${t.said}`),r.dataset.code=t.key,r.dataset.state=t.state,r.title=t.said,r.style.setProperty("--de\
pth",String(t.depth)),r.draggable=e.editable&&t.state==="in force";let i=a("span","tpt-twisty");t.state==="in force"&&this.
hasBelow(t.key)&&(r.setAttribute("aria-expanded",String(this.isOpen(t))),i.textContent=this.isOpen(t)?"▾":"▸");let o=a(
"span","tpt-count",t.codings>0?String(t.codings):"");r.append(i,a("span","tpt-colour"),a("span","tpt-label",t.label),a("\
span","tpt-key",t.key),o);for(let s of r.children)s.setAttribute("aria-hidden","true");return r}mark(){let t=new Set(this.
waiting.flatMap(r=>"code"in r?[r.code]:[]));for(let[r,i]of this.rows)i.setAttribute("aria-selected",String(r===this.data?.
selected)),i.setAttribute("tabindex",r===this.cursor?"0":"-1"),i.classList.toggle("tpt-busy",t.has(r));this.root.dataset.
pending=String(this.waiting.length);let e=this.data?.words;this.status.textContent=e===void 0?"":this.waiting.length>0?e.
saving:e.keys}colour(){let t=b(this.probe);this.root.dataset.ground=t;for(let[e,r]of this.rows)r.style.setProperty("--co\
de",this.line(e)?.colour[t]??"currentColor")}current(){return this.cursor===null?void 0:this.rows.get(this.cursor)}goTo(t){
t===void 0||!this.rows.has(t)||(this.cursor=t,this.mark(),this.current()?.focus())}onKey(t){if(t.target instanceof HTMLInputElement)
return;let e=this.line(this.cursor);if(e===void 0)return;let r=t.altKey?this.moveByKey(e,t.key):this.walk(e,t);r&&t.preventDefault(),
(r||t.key.length===1)&&t.stopPropagation()}walk(t,e){if(e.ctrlKey||e.metaKey)return!1;let r=this.shown(),i=r.findIndex(l=>l.
key===t.key),s={ArrowUp:i-1,ArrowDown:i+1,Home:0,End:r.length-1,PageUp:Math.max(0,i-10),PageDown:Math.min(r.length-1,i+10)}[e.
key];if(s!==void 0)this.goTo(r[s]?.key);else if(e.key==="ArrowRight")this.openOrEnter(t,r[i+1]);else if(e.key==="ArrowLe\
ft")this.closeOrLeave(t);else if(e.key==="Enter"||e.key===" ")this.choose(t.key);else if(e.key==="F2")this.rename(t);else if(e.
key==="+"||e.key==="Insert")this.addUnder(t);else if(e.key==="Delete")this.retire(t);else if(e.key.length===1)this.find(
e.key,i);else return!1;return!0}openOrEnter(t,e){this.hasBelow(t.key)&&(this.isOpen(t)?this.goTo(e?.key):this.toggle(t))}closeOrLeave(t){
this.hasBelow(t.key)&&this.isOpen(t)?this.toggle(t):this.goTo(t.parent??void 0)}toggle(t){this.isOpen(t)?this.closed.add(
t.key):this.closed.delete(t.key),this.cursor!==null&&this.cursor!==t.key&&c(this.lines,this.cursor,t.key)&&(this.cursor=
t.key),this.draw()}find(t,e){let r=Date.now();this.typed={text:(r-this.typed.at<800?this.typed.text:"")+v(t),at:r};let i=this.
shown(),o=this.typed.text.length>1?e:e+1,s=[...i.slice(o),...i.slice(0,o)],l=u=>v(u.label).startsWith(this.typed.text)||
v(u.key).startsWith(this.typed.text);this.goTo(s.find(l)?.key)}choose(t){this.data!==null&&(this.data={...this.data,selected:t}),
this.mark(),this.answers.select(t)}onClick(t){let e=m(t);if(e===null||t.target instanceof HTMLInputElement)return;let r=this.
line(e.dataset.code??null);r!==void 0&&(this.goTo(r.key),t.target instanceof Element&&t.target.closest(".tpt-twisty")&&this.
hasBelow(r.key)?this.toggle(r):this.choose(r.key))}onDoubleClick(t){let e=this.line(m(t)?.dataset.code??null);e!==void 0&&
this.rename(e)}mayChange(t){return this.data?.editable===!0&&t.state==="in force"}moveByKey(t,e){if(!e.startsWith("Arrow")||
!this.mayChange(t))return!1;let r=x(this.lines,t.key,e);return r!==null&&this.move(t.key,r),!0}move(t,e){e.parent!==null&&
this.closed.delete(e.parent),this.does({act:"move",code:t,...e})}retire(t){this.mayChange(t)&&this.does({act:"retire",code:t.
key})}rename(t){let e=this.rows.get(t.key);!this.mayChange(t)||e===void 0||this.data===null||this.ask(e,this.data.words.
rename,t.label,r=>{r!==t.label&&this.does({act:"rename",code:t.key,label:r})})}addUnder(t){if(!this.mayChange(t)||this.data===
null)return;this.closed.delete(t.key),this.draw();let e=a("li","tpt-row");e.style.setProperty("--depth",String(t.depth+1)),
e.append(a("span","tpt-twisty"),a("span","tpt-colour"),a("span","tpt-label"));let r=this.shown().filter(i=>i.state==="in\
 force"&&c(this.lines,i.key,t.key));this.rows.get(r.at(-1)?.key??t.key)?.after(e),this.ask(e,this.data.words.new_label,"",
i=>this.does({act:"add",parent:t.key,label:i}),!0)}ask(t,e,r,i,o=!1){let s=document.createElement("input");s.className="\
tpt-input",s.value=r,s.maxLength=200,s.setAttribute("aria-label",e),s.placeholder=e,t.querySelector(".tpt-label")?.replaceWith(
s),t.draggable=!1;let u=!1,y=(d,T)=>{if(u)return;u=!0;let h=s.value.trim();o?t.remove():s.replaceWith(a("span","tpt-labe\
l",d&&h!==""?h:r)),d&&h!==""&&i(h),this.draw(),T&&this.current()?.focus()};s.addEventListener("keydown",d=>{d.stopPropagation(),
d.key==="Enter"?y(!0,!0):d.key==="Escape"&&y(!1,!0)}),s.addEventListener("blur",()=>y(!o,!1)),s.focus(),s.select()}does(t){
this.waiting.push({id:crypto.randomUUID(),...t}),this.mark(),this.flush()}flush(){this.inFlight||this.waiting.length===0||
(this.inFlight=!0,this.answers.send({attempt:++this.attempts,acts:this.waiting.slice(0,1)}),this.timer=setTimeout(()=>{this.
inFlight=!1,this.flush()},C))}onDrag(t,e){let r=m(e);if(t==="dragstart"){this.dragged=r?.dataset.code??null,e.dataTransfer?.
setData("text/plain",this.line(this.dragged)?.label??""),e.dataTransfer!==null&&(e.dataTransfer.effectAllowed="move");return}
for(let l of this.rows.values())l.removeAttribute("data-drop");let i=r?.dataset.code;if(t==="dragend"||t==="dragleave"){
t==="dragend"&&(this.dragged=null);return}if(r===null||i===void 0||this.dragged===null)return;let o=M(r,e.clientY),s=L(this.
lines,this.dragged,i,o);s!==null&&(e.preventDefault(),t==="dragover"?r.dataset.drop=o:(this.cursor=this.dragged,this.move(
this.dragged,s),this.dragged=null))}};function M(n,t){let{top:e,height:r}=n.getBoundingClientRect(),i=(t-e)/r;return i<.28?
"before":i>.72?"after":"under"}function m(n){return n.target instanceof Element?n.target.closest("[role=treeitem]"):null}
function v(n){return n.normalize("NFKD").replace(/\p{M}/gu,"").toLowerCase()}function a(n,t="",e=""){let r=document.createElement(
n);return t!==""&&(r.className=t),e!==""&&(r.textContent=e),r}var g=new WeakMap;function S({data:n,parentElement:t,setStateValue:e}){let r=g.get(t);return r===void 0&&(r=new f(t),g.set(
t,r)),r.update(n,{select:i=>e("selected",i),send:i=>e("sent",i)}),()=>{g.get(t)?.destroy(),g.delete(t)}}export{S as default};
