// sources sha256 8933e689d0a6fc26a6ef4872f606386845b4c2f9c52a4bdf5161ef7e4b8e8056; made by "npm run build" from src/, do not edit
var LEVELS={INN:{light:"#2B70C6",dark:"#8091E1"},PRO:{light:"#1A7254",dark:"#5FB88C"},PAT:{light:"#AA5113",dark:"#AD800A"},
SOC:{light:"#4D2060",dark:"#E5459F"},ORG:{light:"#1C6276",dark:"#BCDDF3"},ECO:{light:"#131ACA",dark:"#BDD963"},IMP:{light:"\
#173A34",dark:"#7BECC5"}};function levelColour(level,levels,ground){let spare=Object.keys(LEVELS).filter(key2=>!levels.includes(
key2)),unnamed=levels.filter(key2=>!(key2 in LEVELS)),key=level in LEVELS?level:spare[unnamed.indexOf(level)%Math.max(1,
spare.length)]??"";return LEVELS[key]?.[ground]??"currentColor"}function groundOf(probe){let channels=getComputedStyle(probe).
backgroundColor.match(/[\d.]+/g)?.map(Number)??[],[red=255,green=255,blue=255,alpha=1]=channels;return alpha===0?"light":
.2126*red+.7152*green+.0722*blue<128?"dark":"light"}var style_default=`.tpm{--ground: #FBFAF7;--ground-2: #F1EFE8;--rule: #D9D5CA;--ink: #1E2226;--soft: #5A6068;--accent: #\
0B625E;--agreement: #0B625E;--partial: #8A6100;--silence: #5A6068;--dissonance: #B3261E;width:100%;color:var(--ink);font\
:13px/1.2 -apple-system,"Segoe UI",Inter,Roboto,sans-serif;font-variant-numeric:tabular-nums}.tpm[data-ground=dark]{--gr\
ound: #15181B;--ground-2: #1D2226;--rule: #343A40;--ink: #E8E4DB;--soft: #A3A9B0;--accent: #6CCDC2;--agreement: #6CCDC2;\
--partial: #E3B341;--silence: #A3A9B0;--dissonance: #FF8A7A;color-scheme:dark}.tpm *,.tpm *::before{box-sizing:border-bo\
x}.tpm-probe{position:absolute;width:0;height:0;visibility:hidden;background-color:var(--st-background-color, #fff);tran\
sition:background-color 1ms!important}.tpm-scroll{max-height:max(320px,calc(100vh - var(--tpm-above, 262px)));overflow:a\
uto;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule);scrollbar-width:thin;scrollbar-color:var(--rule\
) transparent}.tpm-table{border-collapse:separate;border-spacing:0;table-layout:fixed;width:max-content;margin:0}.tpm-co\
l-statement{width:420px}.tpm-col-source{width:78px}.tpm-col-pair{width:28px}.tpm-table th,.tpm-table td{padding:0;border\
:0;font-weight:400;text-align:left;vertical-align:middle;color:inherit;font-size:13px}.tpm-table thead th,.tpm-table the\
ad td{position:sticky;z-index:2;background:var(--ground)}.tpm-groups th,.tpm-groups td{top:0;height:22px;color:var(--sof\
t)!important;font-size:12px!important}.tpm-groups th{padding:0 0 0 6px!important;white-space:nowrap}.tpm-names th{top:22\
px;height:40px;border-bottom:1px solid var(--ink)!important;font-weight:600!important;vertical-align:bottom!important;pa\
dding-bottom:5px!important}.tpm-names .tpm-source{padding-left:6px;font-size:12px;line-height:1.15;overflow-wrap:break-w\
ord;hyphens:auto}.tpm-names .tpm-pair{text-align:center;font-size:12px;letter-spacing:-.02em;white-space:nowrap}.tpm-tab\
le .tpm-corner,.tpm-table .tpm-statement,.tpm-level th{position:sticky;left:0;z-index:1;background:var(--ground)}.tpm-ta\
ble thead .tpm-corner,.tpm-table thead .tpm-statement{z-index:3}.tpm-names .tpm-statement{padding-left:12px}.tpm-level t\
h,.tpm-level td{height:28px;background:var(--ground-2)!important;border-bottom:1px solid var(--rule)!important}.tpm-leve\
l th{padding-left:8px!important;font-weight:600!important;color:var(--level)!important;border-left:4px solid var(--level\
)!important;white-space:nowrap;overflow:visible}.tpm-row>*{height:32px}.tpm-row+.tpm-first>*,.tpm-row+.tpm-level>*{borde\
r-top:1px solid var(--rule)!important}.tpm-row .tpm-statement{border-left:4px solid transparent;padding:0 10px 0 8px;bor\
der-right:1px solid var(--rule)}.tpm-row .tpm-statement::before{content:"";position:absolute;left:-4px;top:0;bottom:0;wi\
dth:2px;background:var(--level);opacity:.55}.tpm-theme,.tpm-words{display:-webkit-box;-webkit-box-orient:vertical;-webki\
t-line-clamp:2;overflow:hidden;float:left;line-height:15px}.tpm-theme{width:112px;padding-right:10px;color:var(--soft);f\
ont-size:12px}.tpm-again{visibility:hidden}.tpm-words{width:calc(100% - 112px)}.tpm-cell{cursor:pointer;position:relativ\
e}.tpm-cell:hover{background:var(--ground-2)}.tpm-chosen>*{background:var(--ground-2)!important}.tpm-cell[aria-selected=\
true]{box-shadow:inset 0 0 0 2px var(--accent)}.tpm-cell:focus{outline:none}.tpm-cell:focus-visible{outline:2px solid va\
r(--accent);outline-offset:-2px;z-index:1}.tpm-says{display:grid;grid-template-columns:17px 1fr auto;align-items:center;\
padding:0 6px}.tpm-says b{font-size:15px;font-weight:600;white-space:nowrap}.tpm-bars,.tpm-key{font-size:8px;letter-spac\
ing:0;color:var(--ink)}.tpm-count{color:var(--soft);font-size:12px}.tpm-table td.tpm-pair{text-align:center}.tpm-table .\
tpm-edge{border-left:1px solid var(--rule)!important}.tpm-symbol{font-size:15px;line-height:1;color:var(--soft);font-fam\
ily:"DejaVu Sans","Segoe UI Symbol","Apple Symbols",sans-serif}[data-code=agreement] .tpm-symbol,.tpm-symbol[data-code=a\
greement]{color:var(--agreement)}[data-code=partial] .tpm-symbol,.tpm-symbol[data-code=partial]{color:var(--partial)}[da\
ta-code=silence] .tpm-symbol,.tpm-symbol[data-code=silence]{color:var(--silence)}[data-code=dissonance] .tpm-symbol,.tpm\
-symbol[data-code=dissonance]{color:var(--dissonance)}.tpm-changed{border-bottom:2px dotted currentColor}.tpm-legend{lis\
t-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:8px 0 0;padding:0;color:var(--soft);font-size:12px}.tpm-leg\
end li{display:flex;gap:5px;align-items:center;margin:0;padding:0}.tpm-legend .tpm-symbol{font-size:13px}.tpm-legend .tp\
m-key{font-size:12px;color:var(--ink);font-weight:600}@media(max-width:760px){.tpm-col-statement{width:240px}.tpm-theme{\
display:none}.tpm-words{width:100%}}@media(forced-colors:active){.tpm-cell[aria-selected=true]{outline:2px solid Highlig\
ht}}
`;var Matrix=class{root=make("div","tpm");probe=make("i","tpm-probe");drawn="";data=null;select=()=>{};grid=[];cursor=[0,0];constructor(parent){
let styles=document.createElement("style");styles.textContent=style_default,this.probe.setAttribute("aria-hidden","true"),
this.probe.addEventListener("transitionend",()=>this.colour()),this.root.dataset.trigpoint="matrix",this.root.addEventListener(
"keydown",event=>this.onKey(event)),this.root.addEventListener("click",event=>this.onClick(event)),parent.append(styles,
this.probe,this.root)}update(data,select){this.select=select,this.data=data;let{selected:_,...shown}=data,fingerprint=JSON.
stringify(shown);fingerprint!==this.drawn&&(this.draw(data),this.drawn=fingerprint),this.mark(data.selected)}destroy(){this.
root.remove(),this.probe.remove()}draw(data){let scroller=this.root.querySelector(".tpm-scroll"),[left,top]=[scroller?.scrollLeft??
0,scroller?.scrollTop??0],hadFocus=this.root.contains(document.activeElement),table=make("table","tpm-table");table.setAttribute(
"role","grid"),table.setAttribute("aria-label",data.name),this.grid=[],table.append(columns(data),head(data),this.body(data));
let frame=make("div","tpm-scroll");frame.append(table),this.root.replaceChildren(frame,legend(data)),this.root.dataset.rows=
String(data.rows.length),this.colour(),frame.scrollTo(left,top);let row=Math.min(this.cursor[0],Math.max(0,this.grid.length-
1));this.cursor=[row,Math.min(this.cursor[1],Math.max(0,(this.grid[row]?.length??1)-1))],this.current()?.element.setAttribute(
"tabindex","0"),hadFocus&&this.current()?.element.focus({preventScroll:!0})}body(data){let body=make("tbody"),level=null,
theme=null;for(let row of data.rows)row.level!==level&&body.append(levelRow(row,data)),body.append(this.statementRow(row,
data,row.theme!==theme)),[level,theme]=[row.level,row.theme];return body}statementRow(row,data,first){let line=make("tr",
first?"tpm-row tpm-first":"tpm-row");line.dataset.level=row.level;let heading2=make("th","tpm-statement");heading2.scope=
"row",heading2.title=`${row.theme} ${row.theme_label}
${row.statement||row.theme_label}`;let theme=make("span","tpm-theme",row.theme_label);first||theme.classList.add("tpm-ag\
ain"),heading2.append(theme,make("span","tpm-words",row.statement||row.theme_label)),line.append(heading2);let cells=[];
row.sources.forEach((cell,n)=>{let source=data.sources[n]??"",element=sourceCell(cell);element.dataset.source=source,cells.
push({element,place:{...placeOf(row),kind:"source",sources:[source]}})}),row.pairs.forEach((cell,n)=>{let pair=data.pairs[n]??
["",""],element=pairCell(cell);element.dataset.pair=pair.join("|"),n===0&&element.classList.add("tpm-edge"),cells.push({
element,place:{...placeOf(row),kind:"pair",sources:pair}})});for(let{element}of cells)element.dataset.row=row.statement||
row.theme,element.dataset.theme=row.theme;return line.append(...cells.map(({element})=>element)),this.grid.push(cells),line}mark(selected){
this.grid.forEach((cells,row)=>{let column=cells.findIndex(({place})=>selected!==null&&same(place,selected));cells.forEach(
({element},n)=>element.setAttribute("aria-selected",String(n===column))),cells[0]?.element.parentElement?.classList.toggle(
"tpm-chosen",column>=0),column>=0&&this.moveTo(row,column,!1)})}colour(){let ground=groundOf(this.probe);this.root.dataset.
ground=ground;for(let row of this.root.querySelectorAll("tr[data-level]"))row.style.setProperty("--level",levelColour(row.
dataset.level??"",this.data?.levels??[],ground))}current(){return this.grid[this.cursor[0]]?.[this.cursor[1]]}moveTo(row,column,focus){
let cell=this.grid[row]?.[column];cell!==void 0&&(this.current()?.element.setAttribute("tabindex","-1"),this.cursor=[row,
column],cell.element.setAttribute("tabindex","0"),focus&&cell.element.focus())}onKey(event){if(!(event.target instanceof
HTMLElement)||event.target.getAttribute("role")!=="gridcell"||event.ctrlKey||event.metaKey||event.altKey)return;let[row,
column]=this.cursor,last=(this.grid[row]?.length??1)-1,move={ArrowUp:[row-1,column],ArrowDown:[row+1,column],ArrowLeft:[
row,column-1],ArrowRight:[row,column+1],Home:[row,0],End:[row,last],PageUp:[Math.max(0,row-10),column],PageDown:[Math.min(
this.grid.length-1,row+10),column]}[event.key];if(move!==void 0)this.moveTo(...move,!0);else if(event.key==="Enter"||event.
key===" ")this.choose(this.current());else{event.key.length===1&&event.stopPropagation();return}event.preventDefault(),event.
stopPropagation()}onClick(event){let element=event.target instanceof Element?event.target.closest("[role=gridcell]"):null;
this.grid.forEach((cells,row)=>cells.forEach((cell,column)=>{cell.element===element&&(this.moveTo(row,column,!0),this.choose(
cell))}))}choose(cell){cell!==void 0&&(this.mark(cell.place),this.select(cell.place))}};function columns(data){let group2=make(
"colgroup");return group2.append(make("col","tpm-col-statement")),data.sources.forEach(()=>group2.append(make("col","tpm\
-col-source"))),data.pairs.forEach(()=>group2.append(make("col","tpm-col-pair"))),group2}function head(data){let groups=make(
"tr","tpm-groups");groups.append(make("td","tpm-corner"),group(data.words.what_sources_say,data.sources.length,"")),data.
pairs.length>0&&groups.append(group(data.words.pairs,data.pairs.length,"tpm-edge"));let names=make("tr","tpm-names");names.
append(heading(data.words.statement,"","tpm-statement")),data.source_heads.forEach(source=>names.append(heading(source.short,
source.name,"tpm-source"))),data.pair_heads.forEach((pair,n)=>names.append(heading(pair.short,pair.name,n===0?"tpm-pair \
tpm-edge":"tpm-pair")));let header=make("thead");return header.append(groups,names),header}function group(text,span,className){
let cell=make("th",className,text);return cell.scope="colgroup",cell.colSpan=Math.max(1,span),cell}function heading(text,name,className){
let cell=make("th",className,text);return cell.scope="col",name!==""&&(cell.title=name,cell.setAttribute("aria-label",name)),
cell}function levelRow(row,data){let line=make("tr","tpm-level");line.dataset.level=row.level;let cell=make("th","",row.
level_label);cell.scope="rowgroup";let rest=make("td");return rest.colSpan=data.sources.length+data.pairs.length,line.append(
cell,rest),line}function sourceCell(cell){let element=gridCell(cell.said,"tpm-source"),inner=make("span","tpm-says");return inner.
append(make("b","",cell.valence),make("span","tpm-bars",cell.prominence),make("span","tpm-count",cell.count)),inner.setAttribute(
"aria-hidden","true"),element.append(inner),element}function pairCell(cell){let element=gridCell(cell.said,"tpm-pair");element.
dataset.code=cell.code;let symbol=make("span",cell.changed?"tpm-symbol tpm-changed":"tpm-symbol",cell.symbol);return symbol.
setAttribute("aria-hidden","true"),element.append(symbol),element}function gridCell(said,className){let element=make("td",
`tpm-cell ${className}`);return element.setAttribute("role","gridcell"),element.setAttribute("tabindex","-1"),element.title=
said,element.setAttribute("aria-label",said),element}function legend(data){let list=make("ul","tpm-legend");list.setAttribute(
"aria-label",data.words.legend);for(let[symbol,word,code]of data.legend){let item=make("li"),mark=make("span",code===""?
"tpm-key":"tpm-symbol",symbol);mark.setAttribute("aria-hidden","true"),mark.dataset.code=code,item.append(mark,make("spa\
n","",word)),list.append(item)}return list}function placeOf(row){return{theme:row.theme,statement:row.statement}}function same(one,other){
return one.theme===other.theme&&one.statement===other.statement&&one.kind===other.kind&&one.sources.join("|")===other.sources.
join("|")}function make(tag,className="",text=""){let element=document.createElement(tag);return className!==""&&(element.
className=className),text!==""&&(element.textContent=text),element}var mounted=new WeakMap;function render({data,parentElement,setStateValue}){let matrix=mounted.get(parentElement);return matrix===
void 0&&(matrix=new Matrix(parentElement),mounted.set(parentElement,matrix)),matrix.update(data,place=>setStateValue("se\
lected",place)),()=>{mounted.get(parentElement)?.destroy(),mounted.delete(parentElement)}}export{render as default};
