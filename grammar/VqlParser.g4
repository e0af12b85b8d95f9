/*
 * The statements of VQL.
 *
 * Every decision looks at one token, so the generated parser is plain recursive descent. The
 * actions build the tree while the rules run (TreeParser has the methods they call): what a rule
 * leaves behind is its part of the tree and nothing else, which keeps a program of a million
 * terms small.
 *
 * Some repetitions of the language keep only their last element; they are written "kept=...".
 * Touch this file when the lexer's tokens change: the build compares each grammar with its own output.
 */
parser grammar VqlParser;

options {
  tokenVocab = VqlLexer;
  superClass = TreeParser;
}

@header {
import java.util.ArrayList;
import java.util.List;
import org.minivql.syntax.tree.*;
}

/*
 * The entries. A program is read statement by statement, so that one with an error does not hide
 * the errors of the next; the rule for the whole says what may follow a statement.
 */

program
    : statement+ EOF
    ;

statement returns [Statement tree]
    : let { $tree = $let.tree; }
    | select { $tree = $select.tree; }
    ;

lambda returns [Lambda tree] locals [List<String> names = new ArrayList<>()]
    : name=IDENT { $names.add(text($name)); } ( COMMA name=IDENT { $names.add(text($name)); } )*
      ARROW body=andExpr EOF
      { $tree = new Lambda(span($start), $names, $body.tree); }
    ;

/* LET */

let returns [Let tree] locals [List<LetParameter> parameters = new ArrayList<>(), Node body]
    : LET name=IDENT
      ( CALL ( parameter { $parameters.add($parameter.tree); }
                 ( COMMA parameter { $parameters.add($parameter.tree); } )* )? RPAREN )?
      op=( EQ | LE )
      ( select { $body = $select.tree; } | andExpr { $body = $andExpr.tree; } )
      { $tree = new Let(span($start), text($name), $parameters, $op.type == LE, $body); }
    ;

parameter returns [LetParameter tree] locals [ArgumentValue preset]
    : name=IDENT ( EQ argumentValue { $preset = $argumentValue.tree; } )?
      { $tree = new LetParameter(span($start), text($name), $preset); }
    ;

/* SELECT */

select returns [Select tree]
    locals [boolean explain, Expr where, Expr group, Select.OrderBy order, Select.Limit rows]
    : ( EXPLAIN { $explain = true; } )*
      SELECT columns FROM plugin
      ( WHERE filter=commaExpr { $where = $filter.tree; } )?
      ( GROUP_BY bins=commaExpr { $group = $bins.tree; } )?
      ( ORDER_BY key=IDENT { $order = orderBy($key, false); }
        ( DESC { $order = orderBy($key, true); } )? )?
      ( LIMIT count=NUMBER { $rows = limit($count); } )?
      { $tree = new Select(span($start), $explain, $columns.star, $columns.list, $plugin.tree,
            $where, $group, $order, $rows); }
    ;

columns returns [boolean star, List<Column> list = new ArrayList<>()]
    : STAR COMMA? { $star = true; } ( moreColumns[$list] )?
    | valueColumn { $list.add($valueColumn.tree); } ( COMMA moreColumns[$list] )?
    |
    ;

moreColumns [List<Column> list]
    : column { $list.add($column.tree); } ( COMMA column { $list.add($column.tree); } )*
    ;

column returns [Column tree] locals [String alias]
    : STAR ( AS name=IDENT { $alias = text($name); } )?
      { $tree = new Column(span($start), null, $alias); }
    | valueColumn { $tree = $valueColumn.tree; }
    ;

valueColumn returns [Column tree] locals [Node content, String alias]
    : ( LBRACE select RBRACE { $content = $select.tree; } | andExpr { $content = $andExpr.tree; } )
      ( AS name=IDENT { $alias = text($name); } )?
      { $tree = new Column(span($start), $content, $alias); }
    ;

plugin returns [PluginCall tree] locals [List<Argument> arguments = new ArrayList<>(), boolean called]
    : path ( call[$arguments] { $called = true; } )?
      { $tree = new PluginCall(span($start), $path.names, $called, $arguments); }
    ;

/* Names and calls */

path returns [List<String> names]
    : name=IDENT { $names = add($names, text($name)); }
      ( DOT more=IDENT { $names.add(text($more)); } )*
    ;

call [List<Argument> arguments]
    : CALL ( argument { $arguments.add($argument.tree); }
               ( COMMA argument { $arguments.add($argument.tree); } )* )? RPAREN
    ;

argument returns [Argument tree]
    : name=IDENT EQ argumentValue
      { $tree = new Argument(span($start), text($name), $argumentValue.tree); }
    ;

argumentValue returns [ArgumentValue tree] locals [Expr content]
    : LBRACE select RBRACE { $tree = $select.tree; }
    | LBRACKET ( commaExpr { $content = $commaExpr.tree; } )? RBRACKET
      { $tree = new ArgumentValue.Brackets(span($start), $content); }
    | andExpr { $tree = $andExpr.tree; }
    ;

/* Expressions, from the loosest operator to the tightest. OR binds tighter than AND. */

commaExpr returns [Expr tree] locals [Slots slots]
    : first=andExpr
      ( COMMA { $slots = Slots.open($slots, $first.tree); }
        ( kept=andExpr { $slots.keep($kept.tree); } )* )*
      { $tree = list($start, $first.tree, $slots); }
    ;

andExpr returns [Expr tree] locals [Chain chain]
    : first=orExpr
      ( op=( AND | AMPS ) next=orExpr { $chain = Chain.add($chain, $first.tree, text($op), $next.tree); } )*
      { $tree = and($start, $first.tree, $chain); }
    ;

orExpr returns [Expr tree] locals [Chain chain]
    : first=condition
      ( op=( OR | BARS ) next=condition { $chain = Chain.add($chain, $first.tree, text($op), $next.tree); } )*
      { $tree = or($start, $first.tree, $chain); }
    ;

condition returns [Expr tree] locals [List<Token> nots, String operator, Expr right]
    : ( not=NOT { $nots = add($nots, $not); } )*
      left=sum
      ( op=( EQ | NE | LTGT | LT | LE | GT | GE | MATCH | IN ) kept=sum
        { $operator = comparison($op); $right = $kept.tree; } )*
      { $tree = condition($nots, $left.start, $left.tree, $operator, $right); }
    ;

sum returns [Expr tree] locals [Chain chain]
    : first=product
      ( op=( PLUS | MINUS ) next=product { $chain = Chain.add($chain, $first.tree, sign($op), $next.tree); } )*
      { $tree = sum($start, $first.tree, $chain); }
    ;

product returns [Expr tree] locals [Chain chain]
    : first=member
      ( op=( STAR | SLASH ) next=value { $chain = Chain.add($chain, $first.tree, sign($op), $next.tree); } )*
      { $tree = product($start, $first.tree, $chain); }
    ;

/* A dot belongs to the name in front of it as long as there is no call or index between them. */
member returns [Expr tree]
    locals [List<String> names, List<Argument> arguments, List<Accessor> accessors]
    : name=( IDENT | NEGATED_IDENT ) { $names = add($names, name($name)); }
      ( DOT more=IDENT { $names.add(text($more)); } )*
      ( { $arguments = new ArrayList<>(); } ( call[$arguments] )+
        { $tree = symbol($start, $names, $arguments); }
        ( accessor { $accessors = add($accessors, $accessor.tree); } )*
      | { $tree = symbol($start, $names, null); } index { $accessors = add($accessors, $index.tree); }
        ( accessor { $accessors = add($accessors, $accessor.tree); } )*
      | { $tree = symbol($start, $names, null); }
      )
      { $tree = access($start, $tree, $accessors); }
    | atom ( accessor { $accessors = add($accessors, $accessor.tree); } )*
      { $tree = access($start, $atom.tree, $accessors); }
    ;

accessor returns [Accessor tree]
    : index { $tree = $index.tree; }
    | DOT name=IDENT { $tree = new Accessor.Member(span($start), text($name)); }
    ;

index returns [Accessor tree] locals [Expr from, Expr to, boolean slice]
    : LBRACKET ( kept=value { $from = $kept.tree; } )*
      ( ( COLON { $slice = true; } )+ ( kept=value { $to = $kept.tree; } )* )?
      RBRACKET
      { $tree = index($start, $from, $to, $slice); }
    ;

value returns [Expr tree] locals [List<String> names, List<Argument> arguments]
    : name=( IDENT | NEGATED_IDENT ) { $names = add($names, name($name)); }
      ( DOT more=IDENT { $names.add(text($more)); } )*
      ( { $arguments = new ArrayList<>(); } ( call[$arguments] )+ )?
      { $tree = symbol($start, $names, $arguments); }
    | atom { $tree = $atom.tree; }
    ;

atom returns [Expr tree]
    : LPAREN commaExpr RPAREN { $tree = new Expr.Paren(span($start), $commaExpr.tree); }
    | RAW_STRING { $tree = new Expr.StringLiteral(span($start), text($start)); }
    | STRING { $tree = new Expr.StringLiteral(span($start), text($start)); }
    | NUMBER { $tree = new Expr.NumberLiteral(span($start), text($start)); }
    | BOOL { $tree = new Expr.BoolLiteral(span($start), text($start)); }
    | NULL { $tree = new Expr.NullLiteral(span($start)); }
    ;
