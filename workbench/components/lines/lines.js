// sources sha256 cf65f4bf75722037afa276b967b1520ad9fb93d019ee797497e1317fc4904356; made by "npm run build" from src/, do not edit
function h(n){let t=getComputedStyle(n).backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[e=255,o=255,r=255,s=1]=t;return s===
0?"light":.2126*e+.7152*o+.0722*r<128?"dark":"light"}var u=`.tpl{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #0B625E;conta\
iner-type:inline-size;width:100%;color:var(--ink);font:13.5px/1.3 var(--st-font, -apple-system, "Segoe UI", Inter, Robot\
o, sans-serif);font-variant-numeric:tabular-nums}.tpl[data-ground=dark]{--ground: #15181B;--ground-2: #1D2226;--rule: #3\
43A40;--ink: #E8E4DB;--soft: #A3A9B0;--accent: #6CCDC2;color-scheme:dark}.tpl *,.tpl *::before{box-sizing:border-box}.tp\
l-probe{position:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);transitio\
n:background-color 1ms!important}.tpl-list{max-height:max(320px,calc(100vh - 390px));overflow-y:auto;border-top:1px soli\
d var(--rule);border-bottom:1px solid var(--rule);scrollbar-width:thin;scrollbar-color:var(--rule) transparent}.tpl-head\
{display:flex;gap:12px;align-items:baseline;padding:9px 8px 3px;position:sticky;top:0;z-index:2;background:var(--ground)\
;border-bottom:1px solid var(--rule)}.tpl-title{font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowra\
p}.tpl-about{color:var(--soft);font-size:12px;white-space:nowrap}.tpl-row{display:grid;grid-template-columns:22px 110px \
minmax(0,1fr) minmax(0,1.15fr);column-gap:4px;align-items:baseline;min-height:26px;padding:3px 8px 3px 4px;cursor:defaul\
t;scroll-margin-top:32px;white-space:nowrap}.tpl-row:hover{background:var(--ground-2)}.tpl-row[aria-selected=true]{backg\
round:color-mix(in srgb,var(--accent) 12%,var(--ground));box-shadow:inset 3px 0 0 var(--accent)}.tpl-row:focus{outline:n\
one}.tpl-row:focus-visible{outline:2px solid var(--accent);outline-offset:-2px;z-index:1}.tpl-box{width:12px;height:12px\
;margin-left:5px;align-self:center;border:1px solid var(--soft);border-radius:2px}.tpl-row[aria-selected=true] .tpl-box{\
background:var(--accent);border-color:var(--accent)}.tpl-speaker{color:var(--soft);font-size:12px;overflow:hidden;text-o\
verflow:ellipsis}.tpl-left{text-align:right;direction:rtl;overflow:hidden;text-overflow:ellipsis;white-space:pre;color:v\
ar(--soft)}.tpl-left bdi{direction:ltr;unicode-bidi:isolate}.tpl-right{overflow:hidden;text-overflow:ellipsis;white-spac\
e:pre;color:var(--soft)}.tpl-quote{color:var(--ink);font-weight:650;cursor:pointer}.tpl-row:hover .tpl-quote{text-decora\
tion:underline;text-decoration-color:var(--accent);text-underline-offset:3px}@container (max-width: 620px){.tpl-row{grid\
-template-columns:22px minmax(0,1fr) minmax(0,1.15fr)}.tpl-speaker{display:none}}.tpl-status{margin:6px 0 0;color:var(--\
soft);font-size:12px}@media(forced-colors:active){.tpl-row[aria-selected=true]{outline:2px solid Highlight}}
`;var g=250,l=class{root=i("div","tpl");probe=i("i","tpl-probe");list=i("div","tpl-list");status=i("p","tpl-status");data=null;answers={
choose:()=>{},open:()=>{}};rows=[];chosen=new Set;cursor=0;timer=0;constructor(t){let e=document.createElement("style");
e.textContent=u,this.probe.setAttribute("aria-hidden","true"),this.probe.addEventListener("transitionend",()=>this.colour()),
this.root.dataset.trigpoint="lines",this.list.setAttribute("role","listbox"),this.list.setAttribute("aria-multiselectabl\
e","true"),this.status.setAttribute("role","status"),this.list.addEventListener("keydown",o=>this.onKey(o)),this.list.addEventListener(
"click",o=>this.onClick(o)),this.list.addEventListener("dblclick",o=>this.openRow(f(o))),this.root.append(this.list,this.
status),t.append(e,this.probe,this.root)}update(t,e){this.answers=e;let o=this.data!==null&&JSON.stringify(this.data.groups)===
JSON.stringify(t.groups);this.data?.asked!==t.asked&&(this.chosen.clear(),this.cursor=0),this.data=t,o||this.draw(),this.
mark()}destroy(){clearTimeout(this.timer),this.root.remove()}draw(){let t=this.data;t!==null&&(this.rows=[],this.list.setAttribute(
"aria-label",t.name),this.list.replaceChildren(...t.groups.map(e=>this.group(e))),this.cursor=Math.min(this.cursor,Math.
max(0,this.rows.length-1)),this.colour())}group(t){let e=i("div","tpl-group");e.setAttribute("role","group"),e.setAttribute(
"aria-label",t.title);let o=i("div","tpl-head"),r=i("span","tpl-title");r.textContent=t.title;let s=i("span","tpl-about");
return s.textContent=t.about,o.append(r,s),e.append(o,...t.lines.map(a=>this.line(a))),e}line(t){let e=i("div","tpl-row");
e.dataset.id=t.id,e.setAttribute("role","option");let o=i("span","tpl-box");o.setAttribute("aria-hidden","true");let r=i(
"span","tpl-speaker");r.textContent=t.speaker,r.title=t.speaker;let s=i("span","tpl-left"),a=document.createElement("bdi");
a.textContent=t.left,s.append(a);let d=i("b","tpl-quote");d.textContent=t.quote;let c=i("span","tpl-right");return c.append(
d,t.right),e.append(o,r,s,c),this.rows.push(e),e}mark(){this.rows.forEach((e,o)=>{e.tabIndex=o===this.cursor?0:-1,e.setAttribute(
"aria-selected",String(this.chosen.has(e.dataset.id??"")))});let t=this.data?.words;if(t!==void 0){let e=this.chosen.size>
0?`${t.chosen.replace("{n}",String(this.chosen.size))} · `:"";this.status.textContent=e+t.keys}}onKey(t){if(t.altKey||t.
ctrlKey&&t.key!=="a"||t.metaKey)return;let e=this.rows.length-1,r={ArrowDown:this.cursor+1,ArrowUp:this.cursor-1,Home:0,
End:e,PageDown:this.cursor+15,PageUp:this.cursor-15}[t.key];if(r!==void 0)this.walk(Math.max(0,Math.min(e,r))),t.shiftKey&&
this.toggle(this.rows[this.cursor],!0);else if(t.key===" ")this.toggle(this.rows[this.cursor]);else if(t.key==="Enter")this.
openRow(this.rows[this.cursor]);else if(t.key==="a"&&t.ctrlKey){let s=this.chosen.size<this.rows.length;for(let a of this.
rows)this.put(a,s);this.tell()}else if(t.key==="Escape")this.chosen.clear(),this.tell();else return;t.preventDefault(),t.
stopPropagation()}onClick(t){let e=f(t);if(e===void 0)return;let o=this.rows.indexOf(e);if(t.shiftKey){let[r,s]=[Math.min(
this.cursor,o),Math.max(this.cursor,o)];for(let a of this.rows.slice(r,s+1))this.put(a,!0);this.walk(o),this.tell();return}
this.walk(o),t.target instanceof Element&&t.target.closest(".tpl-quote")!==null?this.openRow(e):this.toggle(e)}walk(t){this.
cursor=t,this.mark();let e=this.rows[t];e?.focus(),e?.scrollIntoView({block:"nearest"})}toggle(t,e){t!==void 0&&(this.put(
t,e??!this.chosen.has(t.dataset.id??"")),this.tell())}put(t,e){let o=t.dataset.id??"";e?this.chosen.add(o):this.chosen.delete(
o)}tell(){this.mark(),clearTimeout(this.timer),this.timer=window.setTimeout(()=>{this.data!==null&&this.answers.choose(this.
data.asked,[...this.chosen])},g)}openRow(t){t?.dataset.id!==void 0&&this.answers.open(t.dataset.id)}colour(){this.root.dataset.
ground=h(this.probe)}};function f(n){return(n.target instanceof Element?n.target.closest(".tpl-row"):null)??void 0}function i(n,t){
let e=document.createElement(n);return e.className=t,e}var p=new WeakMap;function w({data:n,parentElement:t,setStateValue:e}){let o=p.get(t);return o===void 0&&(o=new l(t),p.set(
t,o)),o.update(n,{choose:(r,s)=>e("chosen",{asked:r,ids:s}),open:r=>e("opened",{id:r,at:Date.now()})}),()=>{p.get(t)?.destroy(),
p.delete(t)}}export{w as default};
