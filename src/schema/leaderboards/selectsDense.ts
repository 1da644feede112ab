import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/**
 * Whether `rank(style: DENSE)` is asked for anywhere below this field. Dense ranks cost a walk over the board, so they
 * are read only when they are wanted.
 */
export function selectsDense(info: GraphQLResolveInfo): boolean {
  const seen = new Set<string>();
  const inSelections = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return isDenseRank(selection, info) || inSelections(selection.selectionSet);
      if (selection.kind === Kind.INLINE_FRAGMENT) return inSelections(selection.selectionSet);
      const name = selection.name.value;
      if (seen.has(name)) return false;
      seen.add(name);
      return inSelections(info.fragments[name]?.selectionSet);
    }) ?? false;
  return info.fieldNodes.some((field) => inSelections(field.selectionSet));
}

function isDenseRank(field: FieldNode, info: GraphQLResolveInfo): boolean {
  if (field.name.value !== 'rank') return false;
  const style = field.arguments?.find((argument) => argument.name.value === 'style')?.value;
  if (style?.kind === Kind.ENUM) return style.value === 'DENSE';
  return style?.kind === Kind.VARIABLE && info.variableValues[style.name.value] === 'DENSE';
}
