extension HTMLPage {
  /// Sorts, filters and hides columns. Without it the page has all the same content.
  static let script: StaticString = """
    (()=>{'use strict';
    const all=(selector,root=document)=>[...root.querySelectorAll(selector)];
    const make=(name,text,type)=>{const node=document.createElement(name);if(text)node.textContent=text;if(type)node.type=type;return node};
    const number=text=>{const value=parseFloat(text.replaceAll(',',''));return Number.isNaN(value)?-Infinity:value};
    const key=text=>/^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$/.test(text)?text.slice(0,-1):text;
    const prepare=table=>{
      if(table.dataset.ready)return;table.dataset.ready='1';
      const body=table.tBodies[0],heads=all('thead th',table);let rows=[...body.rows],most=+document.body.dataset.rows||Infinity;
      heads.forEach((head,index)=>{
        const button=make('button',head.textContent,'button');head.textContent='';head.append(button);
        button.addEventListener('click',()=>{
          const down=head.getAttribute('aria-sort')==='ascending',isNumber=head.classList.contains('n');
          heads.forEach(other=>other.removeAttribute('aria-sort'));head.setAttribute('aria-sort',down?'descending':'ascending');
          const keyed=[...body.rows].map(row=>[key(row.cells[index].textContent),row]);
          keyed.sort((a,b)=>isNumber?number(a[0])-number(b[0]):a[0]<b[0]?-1:a[0]>b[0]?1:0);
          if(down)keyed.reverse();
          rows=keyed.map(pair=>pair[1]);body.append(...rows);filter();
        });
      });
      const caption=table.caption?table.caption.textContent:'the table';
      const tools=make('div');tools.className='tools';
      const label=make('label','Search '),input=make('input','','search');input.setAttribute('aria-label','Search in '+caption);label.append(input);tools.append(label);
      const texts=new Map();
      let select=null;
      const severities=[...new Set(rows.map(row=>row.dataset.severity).filter(Boolean))];
      if(severities.length>1){
        const wrap=make('label','Severity ');select=make('select');select.setAttribute('aria-label','Severity in '+caption);
        select.append(make('option','all'));for(const one of severities)select.append(make('option',one));wrap.append(select);tools.append(wrap);
      }
      const count=make('output');count.setAttribute('aria-live','polite');
      const every=make('button','Show all','button');every.hidden=true;
      every.addEventListener('click',()=>{most=Infinity;filter()});
      const filter=()=>{
        const wanted=input.value.toLowerCase();let fitting=0;
        for(const row of rows){
          let fits=!select||select.selectedIndex===0||row.dataset.severity===select.value;
          if(fits&&wanted){let text=texts.get(row);if(text===undefined){text=row.textContent.toLowerCase();texts.set(row,text)}fits=text.includes(wanted)}
          if(fits)fitting++;
          const isMore=fits&&fitting>most;
          if(row.hidden===fits)row.hidden=!fits;
          if(row.classList.contains('more')!==isMore)row.classList.toggle('more',isMore);
        }
        const shown=Math.min(fitting,most);
        count.textContent=fitting===rows.length&&shown===fitting?'':shown<fitting?shown+' shown of '+fitting+(fitting<rows.length?' that fit, of '+rows.length:'')+' rows':fitting+' of '+rows.length+' rows';
        every.hidden=shown===fitting;
      };
      input.addEventListener('input',filter);if(select)select.addEventListener('change',filter);
      if(heads.length>1){
        const box=make('details');box.className='columns';box.append(make('summary','Columns'));const list=make('div');box.append(list);
        heads.forEach((head,index)=>{
          const item=make('label'),check=make('input','','checkbox');check.checked=true;item.append(check,head.textContent||'(no name)');list.append(item);
          check.addEventListener('change',()=>{for(const row of table.rows)if(row.cells[index])row.cells[index].hidden=!check.checked});
        });
        tools.append(box);
      }
      tools.append(count,every);
      if(rows.length>most)filter();
      table.parentElement.before(tools);
    };
    for(const table of all('table.data')){
      const outer=table.closest('details');
      if(outer&&!outer.open)outer.addEventListener('toggle',()=>{for(const inner of all('table.data',outer))prepare(inner)},{once:true});
      else prepare(table);
    }
    addEventListener('beforeprint',()=>{for(const one of all('details'))one.open=true});
    })();
    """
}
